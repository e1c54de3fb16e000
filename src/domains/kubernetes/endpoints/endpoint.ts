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

/** One port as an EndpointSlice lists it. */
export interface EndpointPort {
  readonly name?: string
  readonly port?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

/**
 * The endpoint of a pod for a Service, with the conditions as they follow from the pod: `ready` is false while it is deleted,
 * `serving` says whether it is ready all the same. Undefined when it has no address or has ended.
 * Models: k8s.io/endpointslice/utils.go podToEndpoint
 */
export function endpointOf(
  world: World,
  pod: ObjectEntity,
  service: ObjectEntity,
  spec: ServiceSpec,
  family: string,
): Endpoint | undefined {
  const ip = podIpOf(pod, family)
  if (ip === undefined || isPodOver(pod)) return undefined
  const leaving = isPodLeaving(pod)
  const serving = isPodReady(pod)
  const { nodeName, hostname, subdomain } = podSpec(pod)
  const named = hostname && subdomain === service.metadata.name && pod.metadata.namespace === service.metadata.namespace
  const zone =
    nodeName === undefined
      ? undefined
      : find(world, 'Node', undefined, nodeName)?.metadata.labels?.['topology.kubernetes.io/zone']
  return {
    addresses: [ip],
    conditions: {
      ready: spec.publishNotReadyAddresses ? true : serving && !leaving,
      serving: spec.publishNotReadyAddresses ? true : serving,
      terminating: leaving,
    },
    ...(named ? { hostname } : {}),
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
