import type { Answer, World } from '../../../kernel/index.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import { find, type KubeObject, type ObjectEntity, objectId } from '../object/object.ts'
import { isHeadless, serviceSpec } from '../service/serviceSpec.ts'
import { type Endpoint, type EndpointPort, endpointOf, portsAreFixed, portsOf, zonesOf } from './endpoint.ts'
import { POD_CHANGES, uidOf } from './endpointSlice.controller.ts'
import { candidates, podsOf, servicesOf } from './membership.ts'

/** The most addresses that an Endpoints object lists; the rest is cut off and the object annotated. */
const MAX_ADDRESSES = 1000

/**
 * Keeps the legacy Endpoints object of every Service with a selector: what `kubectl get endpoints` shows, deprecated since 1.33.
 * Models: kubernetes pkg/controller/endpoint/endpoints_controller.go
 */
export const endpointsController = kubeController({
  name: 'endpoints-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Service',
  watches: { 'k8s.Service': ['Created', 'Updated', 'DeletionRequested', 'Removed'], 'k8s.Pod': POD_CHANGES },
  wakes: (event, world) => (event.kind === 'k8s.Pod' ? servicesOf(event, world) : event.to),
  delay(id, world) {
    const service = world.get(id) as ObjectEntity | undefined
    // Unlike Kubernetes, where both take as long: the legacy object may lag, and so costs a large cluster less.
    return LATENCY.controller + (service ? Math.min(5000, 10 * candidates(service, world)) : 0)
  },
  reconcile(id, world): readonly Answer[] | undefined {
    const service = world.get(id) as ObjectEntity | undefined
    if (!service) {
      const endpoints = world.get(id.replace('k8s.Service/', 'k8s.Endpoints/'))
      return endpoints ? [{ to: endpoints.id, type: 'Removed' }] : undefined
    }
    const spec = serviceSpec(service)
    if (spec.type === 'ExternalName' || !spec.selector || Object.keys(spec.selector).length === 0) return undefined
    const { subsets, truncated } = subsetsOf(world, service)
    const existing = find(world, 'Endpoints', service.metadata.namespace, service.metadata.name)
    if (existing && sameSubsets((existing.rest?.subsets ?? []) as unknown as readonly Subset[], subsets))
      return undefined
    return [write(world, service, existing, subsets, truncated)]
  },
})

interface Subset {
  readonly addresses?: readonly Address[]
  readonly notReadyAddresses?: readonly Address[]
  readonly ports?: readonly EndpointPort[]
}

function subsetsOf(
  world: World,
  service: ObjectEntity,
): { readonly subsets: readonly Subset[]; readonly truncated: boolean } {
  const spec = serviceSpec(service)
  const family = spec.ipFamilies?.[0] ?? 'IPv4'
  const groups = new Map<string, { ports: readonly EndpointPort[]; ready: Endpoint[]; notReady: Endpoint[] }>()
  const zoneOf = zonesOf(world)
  const fixed = portsAreFixed(spec.ports ?? [])
  let ports: readonly EndpointPort[] | undefined
  let count = 0
  let truncated = false
  for (const pod of podsOf(service, world)) {
    const endpoint = endpointOf(zoneOf, pod, service, spec, family)
    if (!endpoint || (endpoint.conditions?.terminating && !spec.publishNotReadyAddresses)) continue
    if (!ports || !fixed) ports = portsOf(pod, spec.ports ?? [])
    if (ports.length === 0 && !isHeadless(spec)) continue
    if (count++ >= MAX_ADDRESSES) {
      truncated = true
      break
    }
    const key = ports.map((port) => `${port.name}/${port.port}/${port.protocol}`).join(' ')
    let group = groups.get(key)
    if (!group) {
      group = { ports, ready: [], notReady: [] }
      groups.set(key, group)
    }
    if (endpoint.conditions?.ready) group.ready.push(endpoint)
    else group.notReady.push(endpoint)
  }
  const subsets = [...groups.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 ? { addresses: ready.map(addressOf).sort(byIp) } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady.map(addressOf).sort(byIp) } : {}),
    ...(ports.length > 0 ? { ports: ports.map(portOf) } : {}),
  }))
  return { subsets, truncated }
}

interface Address {
  readonly ip: string
  readonly hostname?: string
  readonly nodeName?: string
  readonly targetRef?: NonNullable<Endpoint['targetRef']>
}

const addresses = new WeakMap<Endpoint, Address>()

function addressOf(endpoint: Endpoint): Address {
  const known = addresses.get(endpoint)
  if (known) return known
  const address: Address = {
    ip: endpoint.addresses[0] ?? '',
    ...(endpoint.hostname === undefined ? {} : { hostname: endpoint.hostname }),
    ...(endpoint.nodeName === undefined ? {} : { nodeName: endpoint.nodeName }),
    ...(endpoint.targetRef === undefined ? {} : { targetRef: endpoint.targetRef }),
  }
  addresses.set(endpoint, address)
  return address
}

function portOf(port: EndpointPort): EndpointPort {
  const { name, ...rest } = port
  return name === undefined || name === '' ? rest : port
}

function byIp(a: { readonly ip: string }, b: { readonly ip: string }): number {
  return a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0
}

function sameSubsets(a: readonly Subset[], b: readonly Subset[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i]
      return (
        sameAddresses(one.addresses, other?.addresses) &&
        sameAddresses(one.notReadyAddresses, other?.notReadyAddresses) &&
        JSON.stringify(one.ports) === JSON.stringify(other?.ports)
      )
    })
  )
}

function sameAddresses(a: readonly Address[] | undefined, b: readonly Address[] | undefined): boolean {
  if (a?.length !== b?.length) return false
  return (a ?? []).every((one, i) => {
    const other = b?.[i]
    if (one === other) return true
    return (
      one.ip === other?.ip &&
      one.nodeName === other.nodeName &&
      one.hostname === other.hostname &&
      one.targetRef?.uid === other.targetRef?.uid
    )
  })
}

function write(
  world: World,
  service: ObjectEntity,
  existing: ObjectEntity | undefined,
  subsets: readonly Subset[],
  truncated: boolean,
): Answer {
  const labels: { [key: string]: string } = {
    ...service.metadata.labels,
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    ...(isHeadless(serviceSpec(service)) ? { 'service.kubernetes.io/headless': '' } : {}),
  }
  const annotations = {
    'endpoints.kubernetes.io/last-change-trigger-time': world.isoNow(),
    ...(truncated ? { 'endpoints.kubernetes.io/over-capacity': 'truncated' } : {}),
  }
  const rest = subsets.length > 0 ? { subsets: subsets as never } : {}
  if (existing)
    return { to: existing.id, type: 'Updated', data: { metadata: { ...existing.metadata, labels, annotations }, rest } }
  const { namespace, name } = service.metadata
  const id = objectId('Endpoints', namespace, name)
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: uidOf(world, id),
      creationTimestamp: world.isoNow(),
      labels,
      annotations,
    },
    ...rest,
  }
  return { to: id, kind: 'k8s.Endpoints', type: 'Created', data: { object } }
}
