import type { Emission, World } from '../../../kernel/index.ts'
import { uidOf } from '../endpoints/endpointSlice.controller.ts'
import { API_SERVER_IP } from '../network/outside.ts'
import type { KubeObject } from '../object/object.ts'
import { KUBERNETES_SERVICE_IP } from './addressRange.ts'

/**
 * The events that make the `kubernetes` Service in `default` with the endpoints of the API server, as the API server does at its start.
 * Models: kubernetes pkg/controlplane/controller/kubernetesservice
 */
export function kubernetesService(world: World): readonly Emission[] {
  const labels = { component: 'apiserver', provider: 'kubernetes' }
  const meta = (id: string, more: object) => ({
    name: 'kubernetes',
    namespace: 'default',
    uid: uidOf(world, id),
    creationTimestamp: world.isoNow(),
    ...more,
  })
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('k8s.Service/default/kubernetes', { labels }),
    spec: {
      clusterIP: KUBERNETES_SERVICE_IP,
      clusterIPs: [KUBERNETES_SERVICE_IP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  }
  const slice: KubeObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: meta('k8s.EndpointSlice/default/kubernetes', {
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
      generation: 1,
    }),
    addressType: 'IPv4',
    endpoints: [{ addresses: [API_SERVER_IP], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  }
  const endpoints: KubeObject = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: meta('k8s.Endpoints/default/kubernetes', {
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    }),
    subsets: [{ addresses: [{ ip: API_SERVER_IP }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  }
  return [service, slice, endpoints].map((object) => ({
    to: `k8s.${object.kind}/default/kubernetes`,
    kind: `k8s.${object.kind}`,
    type: 'Created',
    data: { object },
  }))
}
