import type { World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'

/** Kinds whose objects nodes, controllers and the API server make, never a person who builds something. */
const MADE: ReadonlySet<string> = new Set([
  'Node',
  'Event',
  'Lease',
  'Endpoints',
  'EndpointSlice',
  'ControllerRevision',
  'ComponentStatus',
  'ServiceCIDR',
  'IPAddress',
  'CSINode',
  'CSIStorageCapacity',
  'VolumeAttachment',
  'CertificateSigningRequest',
  'PodMetrics',
  'NodeMetrics',
  'APIService',
])
const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease'])

/** Whether an object is there by itself in every cluster, or a controller keeps it: then it is no part of what was built. */
export function ownedByCluster({ kind, metadata, rest }: ObjectEntity, world: World): boolean {
  const { name, namespace, ownerReferences = [], labels = {}, annotations = {}, deletionTimestamp } = metadata
  const is = kind.slice('k8s.'.length)
  if (deletionTimestamp !== undefined || ownerReferences.length > 0 || SYSTEM.has(namespace ?? '')) return true
  if (is === 'Endpoints' || is === 'EndpointSlice') return !isManual(name, namespace, labels, world)
  if (MADE.has(is)) return true
  if (labels['kubernetes.io/bootstrapping'] !== undefined || /^(system|kubeadm):/.test(name)) return true
  switch (is) {
    case 'Namespace':
      return name === 'default' || SYSTEM.has(name)
    case 'ServiceAccount':
      return name === 'default'
    case 'ConfigMap':
      return name === 'kube-root-ca.crt'
    case 'Service':
      return namespace === 'default' && name === 'kubernetes'
    case 'ClusterRole':
    case 'ClusterRoleBinding':
      return ['cluster-admin', 'admin', 'edit', 'view'].includes(name)
    case 'PriorityClass':
      return name.startsWith('system-')
    case 'StorageClass':
      return rest?.provisioner === 'orrery.local/disk' && name === 'standard'
    case 'PersistentVolume':
      return annotations['pv.kubernetes.io/provisioned-by'] !== undefined
    case 'Secret':
      return (
        rest?.type === 'kubernetes.io/service-account-token' &&
        annotations['kubernetes.io/service-account.name'] === 'default'
      )
    default:
      return false
  }
}

/** Endpoints that a person wrote: those of a Service without a selector. */
function isManual(
  name: string,
  namespace: string | undefined,
  labels: { readonly [key: string]: string },
  world: World,
): boolean {
  if (labels['endpointslice.kubernetes.io/managed-by']?.endsWith('.k8s.io')) return false
  const service = world.get(`k8s.Service/${namespace}/${labels['kubernetes.io/service-name'] ?? name}`) as
    | ObjectEntity
    | undefined
  return service !== undefined && service.spec?.selector === undefined && name !== 'kubernetes'
}
