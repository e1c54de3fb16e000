/** How Kubernetes merges one list or map field. A list that is not in the table is replaced as a whole, a map is merged by key. */
export interface ListType {
  /** Server-side apply: `map` (elements told apart by `keys`), `set`, or `atomic`. */
  readonly kind: 'map' | 'set' | 'atomic'
  readonly keys: readonly string[]
  /** Strategic merge patch: the key that identifies an element, `''` for a list of primitives that merges, undefined for replace. */
  readonly mergeKey: string | undefined
  /** The `retainKeys` strategy: fields that the patch does not name are cleared. */
  readonly retainKeys: boolean
}

/** The merge rule of a field of a built-in type. */
export function listType(type: string, field: string): ListType | undefined {
  return table.get(`${type}.${field}`)
}

/** Maps and objects that server-side apply owns and replaces as a whole. */
export const atomicMaps: ReadonlySet<string> = new Set(
  `LabelSelector NodeSelector NodeSelectorTerm TopologySelectorTerm ObjectReference LocalObjectReference TypedLocalObjectReference
  ObjectFieldSelector ResourceFieldSelector ConfigMapKeySelector SecretKeySelector SecretReference ScopeSelector
  CrossVersionObjectReference V2CrossVersionObjectReference OwnerReference RoleRef RbacV1Subject Scheduling.nodeSelector
  PodSpec.nodeSelector ServiceSpec.selector ReplicationControllerSpec.selector`.split(/\s+/),
)

/** `Type.field keys` of map lists; `a,b|c` has merge key c; a trailing `!` retains keys; `=` alone is a set, `=~` one that merges. */
const lines = `
MutatingWebhook.matchConditions name
MutatingWebhookConfiguration.webhooks name
ValidatingAdmissionPolicySpec.matchConditions name
ValidatingAdmissionPolicySpec.variables name
ValidatingWebhook.matchConditions name
ValidatingWebhookConfiguration.webhooks name
ValidatingAdmissionPolicyBindingSpec.validationActions =
DaemonSetStatus.conditions type
DeploymentStatus.conditions type
ReplicaSetStatus.conditions type
StatefulSetStatus.conditions type
ReplicationControllerStatus.conditions type
NamespaceStatus.conditions type
NodeStatus.conditions type
NodeStatus.addresses type
PersistentVolumeClaimStatus.conditions type
PodStatus.conditions type
ServiceStatus.conditions type
PodDisruptionBudgetStatus.conditions type
HorizontalPodAutoscalerStatus.conditions type
V2HorizontalPodAutoscalerStatus.conditions type
FlowSchemaStatus.conditions type
Container.env name
Container.ports containerPort,protocol|containerPort
Container.volumeDevices devicePath
Container.volumeMounts mountPath
EphemeralContainer.env name
EphemeralContainer.ports containerPort,protocol|containerPort
EphemeralContainer.volumeDevices devicePath
EphemeralContainer.volumeMounts mountPath
ContainerRestartRuleOnExitCodes.values =
PodSpec.containers name
PodSpec.ephemeralContainers name
PodSpec.initContainers name
PodSpec.hostAliases ip
PodSpec.imagePullSecrets name
PodSpec.resourceClaims name!
PodSpec.schedulingGates name
PodSpec.topologySpreadConstraints topologyKey,whenUnsatisfiable|topologyKey
PodSpec.volumes name!
PodStatus.podIPs ip
PodStatus.resourceClaimStatuses name!
NodeSpec.podCIDRs =~
ResourceRequirements.claims name|-
ServiceAccount.secrets name
ServiceSpec.ports port,protocol|port
Endpoint.addresses =
PodFailurePolicyOnExitCodesRequirement.values =
UncountedTerminatedPods.failed =
UncountedTerminatedPods.succeeded =
CSIDriverSpec.volumeLifecycleModes =
CSINodeSpec.drivers name
JSONSchemaProps.x-kubernetes-validations rule
CustomResourceDefinitionStatus.conditions type|-
CertificateSigningRequestStatus.conditions type|-
ObjectMeta.finalizers =~
ObjectMeta.ownerReferences uid
`

const table: ReadonlyMap<string, ListType> = new Map(
  lines
    .trim()
    .split('\n')
    .map((line): [string, ListType] => {
      const [name = '', rule = ''] = line.split(' ')
      if (rule.startsWith('=')) {
        return [name, { kind: 'set', keys: [], mergeKey: rule === '=~' ? '' : undefined, retainKeys: false }]
      }
      const [keys = '', merge] = rule.replace('!', '').split('|')
      const all = keys.split(',')
      const mergeKey = merge === '-' ? undefined : (merge ?? all[0])
      return [name, { kind: 'map', keys: all, mergeKey, retainKeys: rule.endsWith('!') }]
    }),
)

/** Values that list map keys have when an element leaves them out. */
export const keyDefaults: Readonly<Record<string, unknown>> = { protocol: 'TCP' }

/** Object fields with the `retainKeys` strategy: naming one union member clears the others. */
export const retainKeysObjects: ReadonlySet<string> = new Set(['DeploymentSpec.strategy'])

/** Object fields that a strategic merge patch replaces as a whole. */
export const replacedObjects: ReadonlySet<string> = new Set(['PodDisruptionBudgetSpec.selector'])
