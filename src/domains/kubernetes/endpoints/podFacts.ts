import type { ObjectEntity } from '../object/object.ts'

/** One named port of a container. */
export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly protocol?: string
  readonly hostPort?: number
}

/** The parts of a pod's spec that the network looks at. */
export interface PodNetworkSpec {
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly hostname?: string
  readonly subdomain?: string
  readonly dnsPolicy?: string
  readonly dnsConfig?: {
    readonly nameservers?: readonly string[]
    readonly searches?: readonly string[]
    readonly options?: readonly { readonly name?: string; readonly value?: string }[]
  }
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[]
  readonly containers?: readonly PodContainer[]
  readonly initContainers?: readonly PodContainer[]
}

/** The parts of a container's spec that the network looks at. */
export interface PodContainer {
  readonly name: string
  readonly image?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly ports?: readonly ContainerPort[]
  readonly restartPolicy?: string
  readonly resources?: {
    readonly limits?: { readonly [resource: string]: string | number }
    readonly requests?: { readonly [resource: string]: string | number }
  }
}

interface PodStatus {
  readonly phase?: string
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

/** The spec of a pod's record. */
export function podSpec(pod: ObjectEntity): PodNetworkSpec {
  return (pod.spec ?? {}) as unknown as PodNetworkSpec
}

/** A pod's address; undefined until its sandbox has one. */
export function podIp(pod: ObjectEntity): string | undefined {
  return (pod.status as PodStatus | undefined)?.podIP
}

/** A pod's addresses of one family. */
export function podIpOf(pod: ObjectEntity, family: string): string | undefined {
  const status = pod.status as PodStatus | undefined
  const ips = status?.podIPs ?? (status?.podIP ? [{ ip: status.podIP }] : [])
  return ips.find(({ ip }) => ip.includes(':') === (family === 'IPv6'))?.ip
}

/** Whether the Ready condition of a pod is True. */
export function isPodReady(pod: ObjectEntity): boolean {
  const status = pod.status as PodStatus | undefined
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false
}

/** Whether a pod has ended for good. */
export function isPodOver(pod: ObjectEntity): boolean {
  const phase = (pod.status as PodStatus | undefined)?.phase
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Whether deletion of a pod was asked for. */
export function isPodLeaving(pod: ObjectEntity): boolean {
  return pod.metadata.deletionTimestamp !== undefined || pod.state === 'Terminating'
}

/** The port number that a Service's target names in a pod; undefined when the pod has no such named port. */
export function findPort(
  pod: ObjectEntity,
  target: number | string | undefined,
  fallback: number,
  protocol: string,
): number | undefined {
  if (target === undefined) return fallback
  if (typeof target === 'number') return target === 0 ? fallback : target
  const spec = podSpec(pod)
  const sidecars = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always')
  for (const container of [...(spec.containers ?? []), ...sidecars])
    for (const port of container.ports ?? [])
      if (port.name === target && (port.protocol ?? 'TCP') === protocol) return port.containerPort
  return undefined
}
