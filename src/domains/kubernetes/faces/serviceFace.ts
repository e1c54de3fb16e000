import type { Entity, Face, FaceLink, Look, World } from '../../../kernel/index.ts'
import { rateOf, type TrafficClient } from '../../traffic/index.ts'
import { flows } from '../network/flows.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { sourceOf } from './source.ts'

/** Lines of traffic that leave a thing, as they flow now. */
export function trafficLinks(id: string, world: World): readonly FaceLink[] {
  return flows(world)
    .edges.filter((edge) => edge.from === id)
    .map(({ to, rate, p95, errors }) => ({ to, kind: 'traffic' as const, rate, p95, errors }))
}

interface Port {
  readonly port: number
  readonly nodePort?: number
  readonly name?: string
}

/** A Service: a card between those who call and the pods that answer. */
export const serviceFace: Face<ObjectEntity> = {
  label: 'Service',
  plural: 'Services',
  pictogram: 'service',
  shape: 'card',
  rank: 2,
  within: (service) =>
    service.metadata.namespace === 'kube-system' || service.metadata.name === 'kubernetes' ? null : undefined,
  look(service, world): Look {
    const ready = endpointCount(service, world)
    const type = String(service.spec?.type ?? 'ClusterIP')
    return {
      title: service.metadata.name,
      note: `${type} · ${ready} ${ready === 1 ? 'endpoint' : 'endpoints'}`,
      tone: ready > 0 ? 'ok' : type === 'ExternalName' ? 'ok' : 'err',
      word: ready > 0 ? 'Serving' : type === 'ExternalName' ? 'Alias' : 'No endpoints',
      facts: [
        ['type', type],
        ['cluster IP', String(service.spec?.clusterIP ?? '')],
        [
          'ports',
          ((service.spec?.ports ?? []) as unknown as readonly Port[])
            .map((one) => (one.nodePort ? `${one.port}:${one.nodePort}` : one.port))
            .join(', '),
        ],
      ],
    }
  },
  links(service, world) {
    const flowing = trafficLinks(service.id, world)
    const busy = new Set(flowing.map((link) => link.to))
    const idle = endpointPods(service, world)
      .filter((id) => !busy.has(id))
      .map((to) => ({ to, kind: 'traffic' as const, rate: 0 }))
    return [...flowing, ...idle]
  },
  actions(service) {
    const { name, namespace } = service.metadata
    return [
      {
        id: 'load',
        label: 'Send it 50 requests a second',
        line: `lab traffic start ${name} --to ${target(name, namespace)} --rate 50`,
      },
      { id: 'describe', label: 'Describe', line: `kubectl describe service ${name} -n ${namespace}` },
      { id: 'delete', label: 'Delete', line: `kubectl delete service ${name} -n ${namespace}`, sort: 'danger' },
    ]
  },
  connect: {
    'k8s.Deployment': (service, to) => {
      const deployment = to as ObjectEntity
      const labels =
        (deployment.spec?.selector as { readonly matchLabels?: Record<string, string> } | undefined)?.matchLabels ?? {}
      const selector = Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',')
      if (service.metadata.namespace !== deployment.metadata.namespace) {
        return { refuse: `A Service selects pods of its own namespace, and ${deployment.metadata.name} is in another.` }
      }
      return {
        line: `kubectl set selector service ${service.metadata.name} '${selector}' -n ${service.metadata.namespace}`,
      }
    },
    'k8s.Pod': () => ({
      refuse: 'A Service finds pods by their labels, not one by one. Draw the line to what owns them.',
    }),
  },
  source: sourceOf,
  palette: [
    {
      id: 'service',
      label: 'Service',
      pictogram: 'service',
      group: 'Network',
      into: ['k8s.Deployment', 'k8s.Pod'],
      line(into, world, n) {
        if (into?.kind === 'k8s.Deployment') {
          const { name, namespace } = (into as ObjectEntity).metadata
          return { line: `kubectl expose deployment ${name} -n ${namespace} --port=80 --type=LoadBalancer` }
        }
        for (const deployment of world.all('k8s.Deployment') as Iterable<ObjectEntity>) {
          const { name, namespace } = deployment.metadata
          if (namespace !== 'kube-system' && !find(world, 'Service', namespace, name)) {
            return { line: `kubectl expose deployment ${name} -n ${namespace} --port=80 --type=LoadBalancer` }
          }
        }
        return { line: `kubectl create service clusterip web-${n} --tcp=80:80` }
      },
    },
  ],
}

export const ingressFace: Face<ObjectEntity> = {
  label: 'Ingress',
  plural: 'Ingresses',
  pictogram: 'ingress',
  shape: 'card',
  rank: 1,
  look(ingress) {
    const rules = (ingress.spec?.rules ?? []) as readonly { readonly host?: string }[]
    return {
      title: ingress.metadata.name,
      note: rules.map((rule) => rule.host ?? '*').join(', '),
      tone: 'ok',
      word: 'Open',
    }
  },
  links: (ingress, world) => trafficLinks(ingress.id, world),
  source: sourceOf,
}

/** Those who send requests: browsers outside, as far as the world knows. */
export const clientFace: Face<TrafficClient> = {
  label: 'Clients',
  plural: 'Clients',
  pictogram: 'client',
  shape: 'card',
  rank: 0,
  look(client, world) {
    const rate = rateOf(client, world.now)
    return {
      title: nameOf(client),
      note: rate > 0 ? `${Math.round(rate)} req/s` : 'silent',
      tone: rate > 0 ? 'ok' : 'idle',
      word: rate > 0 ? 'Sending' : client.state,
      facts: [['to', client.target]],
    }
  },
  links: (client, world) => trafficLinks(client.id, world),
  actions(client, world) {
    const rate = Math.max(1, Math.round(rateOf(client, world.now)))
    const name = nameOf(client)
    return [
      { id: 'double', label: 'Twice the rate', line: `lab traffic rate ${name} ${rate * 2}` },
      { id: 'half', label: 'Half the rate', line: `lab traffic rate ${name} ${Math.max(1, Math.round(rate / 2))}` },
      { id: 'spike', label: 'Spike for a minute', line: `lab fault spike ${name} --times 10 --for 1m`, sort: 'fault' },
      { id: 'stop', label: 'Stop', line: `lab traffic stop ${name}`, sort: 'danger' },
    ]
  },
  connect: {
    'k8s.Service': (client, to) => {
      const { name, namespace } = (to as ObjectEntity).metadata
      return { line: `lab traffic start ${nameOf(client)} --to ${target(name, namespace)} --rate 50` }
    },
  },
  palette: [
    {
      id: 'client',
      label: 'Traffic',
      pictogram: 'client',
      group: 'Network',
      into: ['k8s.Service'],
      line(into, world, n) {
        const service = into?.kind === 'k8s.Service' ? (into as ObjectEntity) : firstService(world)
        if (!service) return { refuse: 'There is no Service yet that could take requests.' }
        const { name, namespace } = service.metadata
        return { line: `lab traffic start clients-${n} --to ${target(name, namespace)} --rate 50` }
      },
    },
  ],
}

function firstService(world: World): ObjectEntity | undefined {
  for (const service of world.all('k8s.Service') as Iterable<ObjectEntity>) {
    if (service.metadata.name !== 'kubernetes' && service.metadata.namespace !== 'kube-system') return service
  }
  return undefined
}

interface Endpoint {
  readonly conditions?: { readonly ready?: boolean }
  readonly targetRef?: { readonly kind: string; readonly name: string; readonly namespace?: string }
}

function* readyEndpoints(service: ObjectEntity, world: World): Iterable<Endpoint> {
  for (const slice of world.ownedBy(service.id) as readonly ObjectEntity[]) {
    if (slice.kind !== 'k8s.EndpointSlice') continue
    for (const endpoint of (slice.rest?.endpoints ?? []) as unknown as readonly Endpoint[])
      if (endpoint.conditions?.ready !== false) yield endpoint
  }
}

function endpointCount(service: ObjectEntity, world: World): number {
  return [...readyEndpoints(service, world)].length
}

function endpointPods(service: ObjectEntity, world: World): readonly string[] {
  const ids: string[] = []
  for (const { targetRef } of readyEndpoints(service, world)) {
    if (targetRef?.kind === 'Pod')
      ids.push(`k8s.Pod/${targetRef.namespace ?? service.metadata.namespace}/${targetRef.name}`)
  }
  return ids
}

function nameOf(entity: Entity): string {
  return entity.id.slice(entity.id.lastIndexOf('/') + 1)
}

/** A Service as `lab traffic` is told of it. */
function target(name: string, namespace = 'default'): string {
  return namespace === 'default' ? `service/${name}` : `service/${name}.${namespace}`
}
