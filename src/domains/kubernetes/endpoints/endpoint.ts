import type { World } from '../../../kernel/index.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import type { ServicePort, ServiceSpec } from '../service/serviceSpec.ts'
import { findPort, isPodLeaving, isPodOver, isPodReady, podIpOf, podSpec } from './podFacts.ts'

/** One endpoint as an EndpointSlice lists it. */
export interface Endpoint {
  readonly addresses: readonly string[]
  readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean }
  readonly hostname?: string
  readonly nodeName?: string
  readonly targetRef?: {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly uid: string
  }
  readonly zone?: string
}

/** The zone of a node, by its name. */
export type ZoneOf = (node: string) => string | undefined

/** The zones of this moment, each looked up once. */
export function zonesOf(world: World): ZoneOf {
  const zones = new Map<string, string | undefined>()
  return (node) => {
    if (!zones.has(node))
      zones.set(node, find(world, 'Node', undefined, node)?.metadata.labels?.['topology.kubernetes.io/zone'])
    return zones.get(node)
  }
}

/** One port as an EndpointSlice lists it. */
export interface EndpointPort {
  readonly name?: string
  readonly port?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

/**
 * The endpoint of a pod for a Service, with the conditions as they follow from the pod: `ready` is false while it is deleted,
 * `serving` says whether it is ready all the same. Undefined when it has no address or has ended. Remembered by the pod's record.
 * Models: k8s.io/endpointslice/utils.go podToEndpoint
 */
export function endpointOf(
  zoneOf: ZoneOf,
  pod: ObjectEntity,
  service: ObjectEntity,
  spec: ServiceSpec,
  family: string,
): Endpoint | undefined {
  const { nodeName, hostname, subdomain } = podSpec(pod)
  const published = spec.publishNotReadyAddresses === true
  const named = hostname !== undefined && subdomain === service.metadata.name
  const zone = nodeName === undefined ? undefined : zoneOf(nodeName)
  const known = made.get(pod)
  if (known && known.published === published && known.family === family && known.named === named && known.zone === zone)
    return known.endpoint
  const endpoint = makeEndpoint(pod, family, published, named ? hostname : undefined, zone)
  made.set(pod, { published, family, named, zone, endpoint })
  return endpoint
}

interface Made {
  readonly published: boolean
  readonly family: string
  readonly named: boolean
  readonly zone: string | undefined
  readonly endpoint: Endpoint | undefined
}

const made = new WeakMap<ObjectEntity, Made>()

function makeEndpoint(
  pod: ObjectEntity,
  family: string,
  published: boolean,
  hostname: string | undefined,
  zone: string | undefined,
): Endpoint | undefined {
  const ip = podIpOf(pod, family)
  if (ip === undefined || isPodOver(pod)) return undefined
  const leaving = isPodLeaving(pod)
  const serving = published || isPodReady(pod)
  const { nodeName } = podSpec(pod)
  return {
    addresses: [ip],
    conditions: { ready: published || (serving && !leaving), serving, terminating: leaving },
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: {
      kind: 'Pod',
      name: pod.metadata.name,
      namespace: pod.metadata.namespace ?? 'default',
      uid: pod.metadata.uid,
    },
    ...(zone === undefined ? {} : { zone }),
  }
}

/** Whether a Service's ports are the same in every pod: none of its targets is a name. */
export function portsAreFixed(ports: readonly ServicePort[]): boolean {
  return ports.every(({ targetPort }) => typeof targetPort !== 'string')
}

/** The ports of a Service as they are in one pod: a named target that the pod lacks is left out. */
export function portsOf(pod: ObjectEntity, ports: readonly ServicePort[]): readonly EndpointPort[] {
  const found: EndpointPort[] = []
  for (const port of ports) {
    const protocol = port.protocol ?? 'TCP'
    const number = findPort(pod, port.targetPort, port.port, protocol)
    if (number === undefined) continue
    found.push({
      name: port.name ?? '',
      port: number,
      protocol,
      ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    })
  }
  return found
}

/** Whether two endpoints of one address say the same. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  if (a === b) return true
  return (
    a.conditions?.ready === b.conditions?.ready &&
    a.conditions?.serving === b.conditions?.serving &&
    a.conditions?.terminating === b.conditions?.terminating &&
    a.targetRef?.uid === b.targetRef?.uid &&
    a.addresses[0] === b.addresses[0] &&
    a.nodeName === b.nodeName &&
    a.zone === b.zone &&
    a.hostname === b.hostname
  )
}
