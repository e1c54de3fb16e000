/** The parts of real Kubernetes objects that kube-scheduler reads. Everything is optional that the API allows to be absent. */
export type Labels = Readonly<Record<string, string>>

/** A quantity as it stands in a manifest: `100m`, `1Gi`, `2`, or a bare number. */
export type QuantityText = string | number

/** Quantities by resource name. */
export type ResourceTexts = Readonly<Record<string, QuantityText>>

/** `metadata` of any object. */
export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly creationTimestamp?: string | null
  readonly deletionTimestamp?: string | null
  readonly ownerReferences?: readonly OwnerReference[]
}

/** One owner of an object; at most one has `controller: true`. */
interface OwnerReference {
  readonly kind: string
  readonly name: string
  readonly uid?: string
  readonly apiVersion?: string
  readonly controller?: boolean
}

/** A `key operator values` line of a label selector or of a node selector term. */
export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

/** metav1.LabelSelector. Null matches nothing, empty matches everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly Requirement[]
}

/** One alternative of a node selector. */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly Requirement[]
  readonly matchFields?: readonly Requirement[]
}

/** Required node selector: any one term suffices. */
export interface NodeSelector {
  readonly nodeSelectorTerms?: readonly NodeSelectorTerm[]
}

/** A wish about nodes with its weight. */
export interface PreferredSchedulingTerm {
  readonly weight: number
  readonly preference: NodeSelectorTerm
}

/** spec.affinity.nodeAffinity. */
export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredSchedulingTerm[]
}

/** One inter-pod term: which pods, and in which topology. */
export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector | null
  readonly topologyKey: string
  readonly namespaces?: readonly string[]
  readonly namespaceSelector?: LabelSelector | null
}

/** An inter-pod wish with its weight. */
interface WeightedPodAffinityTerm {
  readonly weight: number
  readonly podAffinityTerm: PodAffinityTerm
}

/** spec.affinity.podAffinity or podAntiAffinity. */
interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[]
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[]
}

/** spec.affinity. */
export interface Affinity {
  readonly nodeAffinity?: NodeAffinity
  readonly podAffinity?: PodAffinity
  readonly podAntiAffinity?: PodAffinity
}

/** spec.tolerations[]. */
export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
}

/** A node's spec.taints[]. */
export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

/** spec.topologySpreadConstraints[]. */
export interface TopologySpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly whenUnsatisfiable: string
  readonly labelSelector?: LabelSelector | null
  readonly minDomains?: number
  readonly nodeAffinityPolicy?: string
  readonly nodeTaintsPolicy?: string
  readonly matchLabelKeys?: readonly string[]
}

/** requests and limits of a container, or of a whole pod. */
interface ResourceRequirements {
  readonly requests?: ResourceTexts
  readonly limits?: ResourceTexts
}

/** A container or init container; `restartPolicy: Always` makes an init container a sidecar. */
export interface Container {
  readonly name: string
  readonly image?: string
  readonly restartPolicy?: string
  readonly resources?: ResourceRequirements
  readonly ports?: readonly {
    readonly containerPort?: number
    readonly hostPort?: number
    readonly hostIP?: string
    readonly protocol?: string
  }[]
}

/** spec.volumes[]: only the sources that scheduling looks at. */
export interface Volume {
  readonly name: string
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean }
  readonly ephemeral?: unknown
  readonly gcePersistentDisk?: { readonly pdName: string; readonly readOnly?: boolean }
  readonly awsElasticBlockStore?: { readonly volumeID: string; readonly readOnly?: boolean }
  readonly iscsi?: { readonly iqn: string; readonly readOnly?: boolean }
  readonly rbd?: {
    readonly monitors?: readonly string[]
    readonly pool?: string
    readonly image: string
    readonly readOnly?: boolean
  }
}

/** A pod's spec. */
export interface PodSpec {
  readonly nodeName?: string
  readonly schedulerName?: string
  readonly containers?: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly overhead?: ResourceTexts
  readonly resources?: ResourceRequirements
  readonly nodeSelector?: Labels
  readonly affinity?: Affinity
  readonly tolerations?: readonly Toleration[]
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[]
  readonly volumes?: readonly Volume[]
  readonly priority?: number
  readonly preemptionPolicy?: string
  readonly schedulingGates?: readonly { readonly name: string }[]
}

/** A condition in a pod's status. */
interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

/** v1 Pod. `id` is the entity's id where the pod is a record of the world. */
export interface Pod {
  readonly id?: string
  readonly metadata: ObjectMeta
  readonly spec: PodSpec
  readonly status?: {
    readonly phase?: string
    readonly startTime?: string | null
    readonly nominatedNodeName?: string
    readonly conditions?: readonly PodCondition[]
  }
}

/** v1 Node. */
export interface ClusterNode {
  readonly id?: string
  readonly metadata: ObjectMeta
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly Taint[] }
  readonly status?: {
    readonly allocatable?: ResourceTexts
    readonly capacity?: ResourceTexts
    readonly images?: readonly { readonly names?: readonly string[]; readonly sizeBytes?: number }[]
  }
}

/** What default spreading reads of a Service, ReplicationController, ReplicaSet or StatefulSet. */
export interface Workload {
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec?: { readonly selector?: LabelSelector | Labels | null }
}

/** policy/v1 PodDisruptionBudget. */
export interface DisruptionBudget {
  readonly metadata: ObjectMeta
  readonly spec?: { readonly selector?: LabelSelector | null }
  readonly status?: { readonly disruptionsAllowed?: number; readonly disruptedPods?: Readonly<Record<string, unknown>> }
}

/** v1 PersistentVolumeClaim. */
export interface Claim {
  readonly metadata: ObjectMeta
  readonly spec?: {
    readonly volumeName?: string
    readonly storageClassName?: string | null
    readonly accessModes?: readonly string[]
    readonly resources?: ResourceRequirements
  }
  readonly status?: { readonly phase?: string }
}

/** v1 PersistentVolume. */
export interface PersistentVolume {
  readonly metadata: ObjectMeta
  readonly spec?: {
    readonly capacity?: ResourceTexts
    readonly accessModes?: readonly string[]
    readonly storageClassName?: string
    readonly claimRef?: { readonly namespace?: string; readonly name?: string }
    readonly nodeAffinity?: { readonly required?: NodeSelector }
    readonly csi?: { readonly driver: string; readonly volumeHandle?: string }
  }
  readonly status?: { readonly phase?: string }
}

/** storage.k8s.io/v1 StorageClass. */
export interface StorageClass {
  readonly metadata: ObjectMeta
  readonly provisioner?: string
  readonly volumeBindingMode?: string
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[]
  }[]
}

/** storage.k8s.io/v1 CSINode: how many volumes of a driver a node can hold. */
export interface CsiNode {
  readonly metadata: ObjectMeta
  readonly spec?: {
    readonly drivers?: readonly { readonly name: string; readonly allocatable?: { readonly count?: number } }[]
  }
}

/** A pod's namespace, `default` where it says none. */
export function namespaceOf(object: { readonly metadata: ObjectMeta }): string {
  return object.metadata.namespace ?? 'default'
}

/** What identifies a pod in the cluster: its entity id, else namespace and name. */
export function podKey(pod: Pod): string {
  return pod.id ?? `${pod.metadata.namespace ?? 'default'}/${pod.metadata.name}`
}

/** spec.priority, 0 where absent. */
export function priorityOf(pod: Pod): number {
  return pod.spec.priority ?? 0
}

/** The labels of an object without any: one shared object, so that identity checks stay cheap. */
export const noLabels: Labels = {}
