import type { ObjectEntity } from '../object/object.ts'

/** One port of a Service, as the API keeps it. */
export interface ServicePort {
  readonly name?: string
  readonly protocol?: string
  readonly appProtocol?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
}

/** The spec of a Service. */
export interface ServiceSpec {
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly clusterIP?: string
  readonly clusterIPs?: readonly string[]
  readonly externalName?: string
  readonly externalIPs?: readonly string[]
  readonly selector?: { readonly [key: string]: string }
  readonly ports?: readonly ServicePort[]
  readonly ipFamilies?: readonly string[]
  readonly ipFamilyPolicy?: string
  readonly sessionAffinity?: string
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } }
  readonly internalTrafficPolicy?: string
  readonly externalTrafficPolicy?: string
  readonly healthCheckNodePort?: number
  readonly publishNotReadyAddresses?: boolean
  readonly allocateLoadBalancerNodePorts?: boolean
  readonly loadBalancerIP?: string
  readonly loadBalancerClass?: string
  readonly loadBalancerSourceRanges?: readonly string[]
}

/** One address that a load balancer answers at. */
export interface LoadBalancerIngress {
  readonly ip?: string
  readonly hostname?: string
  readonly ipMode?: string
}

/** The spec of a Service's record. */
export function serviceSpec(service: ObjectEntity): ServiceSpec {
  return (service.spec ?? {}) as ServiceSpec
}

/** Addresses that the cloud's load balancer has for a Service; empty while it has none. */
export function loadBalancerIngress(service: ObjectEntity): readonly LoadBalancerIngress[] {
  const status = service.status as { readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] } }
  return status?.loadBalancer?.ingress ?? []
}

/** Whether a Service has no cluster IP of its own, so that its name stands for its pods one by one. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIP === 'None'
}
