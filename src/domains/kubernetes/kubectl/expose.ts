import { type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import { create } from '../apiserver/create.ts'
import type { Ask } from './ask.ts'
import { changing } from './changing.ts'
import { pairs } from './create/generator.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, RECORD } from './globalFlags.ts'
import { misuse, Problem, stop } from './problem.ts'
import { resourceNamed, type Target } from './select.ts'
import { podSpecOf } from './set/podSpec.ts'
import { type Act, conclude, tell, writeOptions } from './writing.ts'

/** Models: kubectl/pkg/cmd/expose */
export const expose = changing({
  name: 'expose',
  summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  usage:
    '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    RECORD,
    { name: 'port', value: "''", says: 'Port that the service serves on' },
    { name: 'target-port', value: "''", says: 'Port or its name in the container' },
    { name: 'protocol', value: "''", says: 'TCP, UDP or SCTP' },
    { name: 'type', value: "''", says: 'ClusterIP, NodePort, LoadBalancer or ExternalName' },
    { name: 'name', value: "''", says: 'Name of the service' },
    { name: 'labels', short: 'l', value: "''", says: 'Labels of the service' },
    { name: 'selector', value: "''", says: 'Which pods it selects' },
    { name: 'external-ip', value: "''", says: 'Another address to accept' },
    { name: 'load-balancer-ip', value: "''", says: 'Address for the load balancer' },
    { name: 'cluster-ip', value: "''", says: 'Its own address; None for a headless service' },
    { name: 'session-affinity', value: "''", says: 'None or ClientIP' },
    { name: 'save-config', says: 'Remember the configuration in an annotation' },
    { name: 'overrides', value: "''", says: 'JSON to merge into it' },
    { name: 'override-type', value: "'merge'", says: 'json, merge or strategic' },
  ],
  examples: [
    'kubectl expose deployment nginx --port=80 --target-port=8000',
    'kubectl expose pod valid-pod --port=444 --name=frontend',
  ],
  targets(ask) {
    if (ask.args.length === 0 && ask.list('filename').length === 0)
      misuse(
        ask.path,
        "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
      )
    return { args: ask.args, reading: { selector: undefined } }
  },
  change: exposeOne,
})

const EXPOSABLE = ['Pod', 'Service', 'ReplicationController', 'Deployment', 'ReplicaSet']

function exposeOne(ask: Ask, target: Target): Act {
  const { resource } = target
  const object = target.object as unknown as Loose
  if (!EXPOSABLE.includes(resource.kind))
    throw new Problem(`error: cannot expose a ${resource.kind}${resource.group === '' ? '' : `.${resource.group}`}`)
  const name = ask.text('name') || textAt(object, 'metadata', 'name')
  const selector = ask.text('selector') ? pairs([ask.text('selector') as string], 'selector') : selectorOf(object)
  const ports = portsOf(ask, object)
  if (ports.length === 0) stop("couldn't find port via --port flag or introspection")
  const type = ask.text('type')
  const clusterIp = ask.text('cluster-ip')
  const labels = ask.text('labels')
    ? pairs([ask.text('labels') as string], 'labels')
    : objectAt(object, 'metadata', 'labels')
  const service: Loose = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
      ...(ask.dryRun === 'client' && !ask.namespaceGiven ? {} : { namespace: ask.namespace }),
    },
    spec: {
      ports,
      selector,
      ...(type ? { type } : {}),
      ...(clusterIp ? { clusterIP: clusterIp } : {}),
      ...(ask.text('external-ip') ? { externalIPs: [ask.text('external-ip')] } : {}),
      ...(ask.text('session-affinity') ? { sessionAffinity: ask.text('session-affinity') } : {}),
    },
    ...(ask.dryRun === 'client' ? { status: { loadBalancer: {} } } : {}),
  }
  const services = resourceNamed(ask, 'services')
  if (ask.dryRun === 'client') {
    tell(ask, services, service, 'exposed')
    return {}
  }
  return conclude(ask, services, create(ask.world, service, writeOptions(ask, service)), 'exposed')
}

function selectorOf(object: Loose): Loose {
  if (object.kind === 'Pod') {
    const labels = objectAt(object, 'metadata', 'labels')
    if (!labels || Object.keys(labels).length === 0)
      throw new Problem(
        "error: couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
      )
    return labels
  }
  const selector = objectAt(object, 'spec', 'selector')
  if (selector?.matchExpressions)
    throw new Problem(
      "error: couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions to map-based selector format",
    )
  const found = objectAt(selector, 'matchLabels') ?? selector
  if (!found || Object.keys(found).length === 0)
    throw new Problem(
      "error: couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set",
    )
  return found
}

function portsOf(ask: Ask, object: Loose): readonly Loose[] {
  const given = ask.text('port')
  const target = ask.text('target-port')
  const protocol = ask.text('protocol') || 'TCP'
  const amount = (text: string) => (/^\d+$/.test(text) ? Number(text) : text)
  const own =
    object.kind === 'Service'
      ? objectsAt(object, 'spec', 'ports').map((port) => ({ port: port.port, protocol: port.protocol }))
      : objectsAt(podSpecOf(object), 'containers').flatMap((one) =>
          objectsAt(one, 'ports').map((port) => ({ port: port.containerPort, protocol: port.protocol ?? 'TCP' })),
        )
  const list = given
    ? given.split(',').map((text) => ({
        port: Number(text),
        protocol: ask.text('protocol') || String(own.find((one) => String(one.port) === text)?.protocol ?? protocol),
      }))
    : own
  return list.map(({ port, protocol: kind }, i) => ({
    ...(list.length > 1 ? { name: `port-${i + 1}` } : {}),
    port,
    protocol: kind,
    targetPort: target ? amount(target) : port,
  }))
}
