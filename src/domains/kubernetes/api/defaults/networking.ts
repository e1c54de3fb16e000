import { fill, type Loose, objectAt, objectsAt, structAt, textAt } from '../loose.ts'

/** Models: pkg/apis/core/v1/defaults.go SetDefaults_Service. Addresses and node ports are the store's allocation, not defaults. */
export function defaultService(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' }, true)
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig
  if (spec.sessionAffinity === 'ClientIP') {
    const seconds = objectAt(spec, 'sessionAffinityConfig', 'clientIP')?.timeoutSeconds
    if (seconds === undefined || seconds === null) spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10800 } }
  }
  for (const port of objectsAt(spec, 'ports')) {
    fill(port, { protocol: 'TCP', targetPort: port.port }, true)
  }
  const type = textAt(spec, 'type')
  const external = type === 'LoadBalancer' || type === 'NodePort'
  const externalIps = Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0
  if (external || (type === 'ClusterIP' && externalIps)) fill(spec, { externalTrafficPolicy: 'Cluster' }, true)
  if (external || type === 'ClusterIP') fill(spec, { internalTrafficPolicy: 'Cluster' })
  if (type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true })
}

/** Models: SetDefaults_Endpoints. */
export function defaultEndpoints(object: Loose): void {
  for (const subset of objectsAt(object, 'subsets')) {
    for (const port of objectsAt(subset, 'ports')) fill(port, { protocol: 'TCP' }, true)
  }
}

/** Models: pkg/apis/discovery/v1/defaults.go. */
export function defaultEndpointSlice(object: Loose): void {
  for (const port of objectsAt(object, 'ports')) fill(port, { name: '', protocol: 'TCP' })
}

/** Models: pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicy. */
export function defaultNetworkPolicy(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  for (const rule of [...objectsAt(spec, 'ingress'), ...objectsAt(spec, 'egress')]) {
    for (const port of objectsAt(rule, 'ports')) fill(port, { protocol: 'TCP' })
  }
  if (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0) return
  const egress = Array.isArray(spec.egress) && spec.egress.length > 0
  spec.policyTypes = egress ? ['Ingress', 'Egress'] : ['Ingress']
}

/** Models: SetDefaults_IngressClass. */
export function defaultIngressClass(object: Loose): void {
  const parameters = objectAt(object, 'spec', 'parameters')
  if (parameters) fill(parameters, { scope: 'Cluster' })
}
