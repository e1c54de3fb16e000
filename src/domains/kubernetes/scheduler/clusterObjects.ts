import type {
  Claim,
  CsiNode,
  DisruptionBudget,
  Labels,
  ObjectMeta,
  PersistentVolume,
  StorageClass,
  Workload,
} from './objects.ts'

/**
 * What scheduling reads besides nodes and pods. Every look-up may be absent: then no such object exists.
 * Lists should keep their identity while unchanged: work is memoised by it.
 */
export interface ClusterObjects {
  /** Services of a namespace. */
  readonly services?: (namespace: string) => readonly Workload[]
  /** A ReplicationController, ReplicaSet or StatefulSet. */
  readonly workload?: (kind: string, namespace: string, name: string) => Workload | undefined
  /** All namespaces with their labels. */
  readonly namespaces?: () => readonly { readonly metadata: ObjectMeta }[]
  readonly namespaceLabels?: (name: string) => Labels | undefined
  readonly claim?: (namespace: string, name: string) => Claim | undefined
  readonly volume?: (name: string) => PersistentVolume | undefined
  readonly volumes?: () => readonly PersistentVolume[]
  readonly storageClass?: (name: string) => StorageClass | undefined
  readonly csiNode?: (name: string) => CsiNode | undefined
  readonly disruptionBudgets?: () => readonly DisruptionBudget[]
}

/** Look-ups over a plain list of Kubernetes objects, for tests, conformance cases and small clusters. */
export function objectsFrom(list: readonly KubeObject[]): ClusterObjects {
  const byName = new Map<string, KubeObject>()
  const byKind = new Map<string, KubeObject[]>()
  for (const object of list) {
    byName.set(`${object.kind}/${object.metadata.namespace ?? 'default'}/${object.metadata.name}`, object)
    const same = byKind.get(object.kind)
    if (same) same.push(object)
    else byKind.set(object.kind, [object])
  }
  const named = <T>(kind: string, namespace: string, name: string) =>
    byName.get(`${kind}/${namespace}/${name}`) as T | undefined
  const all = <T>(kind: string) => (byKind.get(kind) ?? []) as unknown as readonly T[]
  const servicesByNamespace = new Map<string, Workload[]>()
  for (const service of all<Workload>('Service')) {
    const namespace = service.metadata.namespace ?? 'default'
    servicesByNamespace.set(namespace, [...(servicesByNamespace.get(namespace) ?? []), service])
  }
  const none: readonly Workload[] = []
  return {
    services: (namespace) => servicesByNamespace.get(namespace) ?? none,
    workload: (kind, namespace, name) => named<Workload>(kind, namespace, name),
    namespaces: () => all('Namespace'),
    namespaceLabels: (name) => all<KubeObject>('Namespace').find((n) => n.metadata.name === name)?.metadata.labels,
    claim: (namespace, name) => named<Claim>('PersistentVolumeClaim', namespace, name),
    volume: (name) => all<PersistentVolume>('PersistentVolume').find((v) => v.metadata.name === name),
    volumes: () => all<PersistentVolume>('PersistentVolume'),
    storageClass: (name) => all<StorageClass>('StorageClass').find((c) => c.metadata.name === name),
    csiNode: (name) => all<CsiNode>('CSINode').find((c) => c.metadata.name === name),
    disruptionBudgets: () => all<DisruptionBudget>('PodDisruptionBudget'),
  }
}

/** Any Kubernetes object: enough to be found by kind, namespace and name. */
export interface KubeObject {
  readonly kind: string
  readonly metadata: ObjectMeta
}
