import { isObject, type Loose, textAt } from './loose.ts'
import { validateBinding, validateBindingUpdate, validateRole, validateRoleUpdate } from './validation/access.ts'
import {
  validateAutoscaler,
  validateAutoscalerUpdate,
  validateDisruptionBudget,
  validateDisruptionBudgetUpdate,
} from './validation/autoscaling.ts'
import { validateClaim, validateClaimUpdate } from './validation/claims.ts'
import {
  validateCrd,
  validateLease,
  validateNamespace,
  validateNode,
  validateNodeUpdate,
  validatePriorityClass,
  validatePriorityClassUpdate,
  validateRuntimeClass,
  validateServiceAccount,
} from './validation/cluster.ts'
import {
  validateConfigMap,
  validateConfigMapUpdate,
  validateSecret,
  validateSecretUpdate,
} from './validation/config.ts'
import { validateCronJob, validateCronJobUpdate } from './validation/cronJobs.ts'
import { validateEndpointSlice, validateEndpoints } from './validation/endpoints.ts'
import { Field } from './validation/field.ts'
import type { FieldError } from './validation/fieldError.ts'
import { validateJob, validateJobUpdate } from './validation/jobs.ts'
import { validateMetadata, validateMetadataUpdate } from './validation/metadata.ts'
import { dnsSubdomain } from './validation/names.ts'
import {
  validateIngress,
  validateIngressClass,
  validateIngressClassUpdate,
  validateIngressUpdate,
  validateNetworkPolicy,
  validateNetworkPolicyUpdate,
} from './validation/networking.ts'
import { validatePod, validatePodTemplate, validatePodUpdate } from './validation/pod.ts'
import { validateLimitRange, validateResourceQuota, validateResourceQuotaUpdate } from './validation/quotas.ts'
import { validateServiceCreate, validateServiceUpdate } from './validation/services.ts'
import { validateStatefulSet, validateStatefulSetUpdate } from './validation/statefulSets.ts'
import {
  validateStorageClass,
  validateStorageClassUpdate,
  validateVolume,
  validateVolumeUpdate,
} from './validation/storage.ts'
import {
  validateDaemonSet,
  validateDaemonSetUpdate,
  validateDeployment,
  validateDeploymentUpdate,
  validateReplicaSet,
  validateReplicaSetUpdate,
  validateReplicationController,
  validateReplicationControllerUpdate,
} from './validation/workloads.ts'

/**
 * The field errors of creating `object`, which has its defaults, its namespace and (a Job) its generated selector already.
 * Kinds without rules of their own, custom resources too, have their metadata judged; `namespaced` is needed only for those.
 */
export function validateObject(
  object: Loose,
  namespaced = textAt(object, 'metadata', 'namespace') !== '',
): readonly FieldError[] {
  const errors: FieldError[] = []
  const field = new Field(object, '', errors)
  const rules = kinds[kindOf(object)]
  if (rules) rules.create(field)
  else validateMetadata(field.at('metadata'), namespaced, dnsSubdomain)
  return withoutRepeats(errors)
}

/** The field errors of replacing `old` by `object`. Both have defaults; `metadata.resourceVersion` must be set on `object`. */
export function validateObjectUpdate(object: Loose, old: Loose): readonly FieldError[] {
  const errors: FieldError[] = []
  const field = new Field(object, '', errors)
  const before = new Field(old, '', [])
  const rules = kinds[kindOf(object)]
  if (rules?.update) rules.update(field, before)
  else {
    validateMetadataUpdate(field.at('metadata'), before.at('metadata'))
    rules?.create(field)
  }
  return withoutRepeats(errors)
}

/**
 * kubectl's text for an object that failed validation: one line for one error, a list for several. `kind` may carry a group
 * (`Deployment.apps`), as the server's status names it.
 */
export function formatInvalid(kind: string, name: string, errors: readonly FieldError[]): string {
  const lead = `The ${kind.split('.')[0]} "${name}" is invalid: `
  const [first] = errors
  if (errors.length === 1 && first) return `${lead}${first.message}`
  return `${lead}\n${errors.map((error) => `* ${error.message}`).join('\n')}`
}

interface KindRules {
  readonly create: (object: Field) => void
  readonly update?: (object: Field, old: Field) => void
}

function kindOf(object: Loose): string {
  const group = textAt(object, 'apiVersion').split('/')
  return `${group.length > 1 ? `${group[0]}/` : ''}${textAt(object, 'kind')}`
}

function withoutRepeats(errors: readonly FieldError[]): readonly FieldError[] {
  const seen = new Set<string>()
  return errors.filter((error) => {
    if (seen.has(error.message)) return false
    seen.add(error.message)
    return true
  })
}

const rbac = 'rbac.authorization.k8s.io'

const kinds: Readonly<Record<string, KindRules>> = {
  Pod: { create: validatePod, update: validatePodUpdate },
  PodTemplate: {
    create: (object) => {
      validateMetadata(object.at('metadata'), true, dnsSubdomain)
      if (isObject(object.at('template').value)) validatePodTemplate(object.at('template'))
    },
  },
  ReplicationController: { create: validateReplicationController, update: validateReplicationControllerUpdate },
  Service: { create: validateServiceCreate, update: validateServiceUpdate },
  Endpoints: { create: validateEndpoints },
  ConfigMap: { create: validateConfigMap, update: validateConfigMapUpdate },
  Secret: { create: validateSecret, update: validateSecretUpdate },
  Namespace: { create: validateNamespace },
  Node: { create: validateNode, update: validateNodeUpdate },
  ServiceAccount: { create: validateServiceAccount },
  ResourceQuota: { create: validateResourceQuota, update: validateResourceQuotaUpdate },
  LimitRange: { create: validateLimitRange },
  PersistentVolume: { create: validateVolume, update: validateVolumeUpdate },
  PersistentVolumeClaim: { create: validateClaim, update: validateClaimUpdate },
  'apps/Deployment': { create: validateDeployment, update: validateDeploymentUpdate },
  'apps/ReplicaSet': { create: validateReplicaSet, update: validateReplicaSetUpdate },
  'apps/DaemonSet': { create: validateDaemonSet, update: validateDaemonSetUpdate },
  'apps/StatefulSet': { create: validateStatefulSet, update: validateStatefulSetUpdate },
  'batch/Job': { create: validateJob, update: validateJobUpdate },
  'batch/CronJob': { create: validateCronJob, update: validateCronJobUpdate },
  'autoscaling/HorizontalPodAutoscaler': { create: validateAutoscaler, update: validateAutoscalerUpdate },
  'policy/PodDisruptionBudget': { create: validateDisruptionBudget, update: validateDisruptionBudgetUpdate },
  'networking.k8s.io/Ingress': { create: validateIngress, update: validateIngressUpdate },
  'networking.k8s.io/IngressClass': { create: validateIngressClass, update: validateIngressClassUpdate },
  'networking.k8s.io/NetworkPolicy': { create: validateNetworkPolicy, update: validateNetworkPolicyUpdate },
  'discovery.k8s.io/EndpointSlice': { create: validateEndpointSlice },
  'storage.k8s.io/StorageClass': { create: validateStorageClass, update: validateStorageClassUpdate },
  'scheduling.k8s.io/PriorityClass': { create: validatePriorityClass, update: validatePriorityClassUpdate },
  'coordination.k8s.io/Lease': { create: validateLease },
  'node.k8s.io/RuntimeClass': { create: validateRuntimeClass },
  'apiextensions.k8s.io/CustomResourceDefinition': { create: validateCrd },
  [`${rbac}/Role`]: { create: validateRole, update: validateRoleUpdate },
  [`${rbac}/ClusterRole`]: { create: validateRole, update: validateRoleUpdate },
  [`${rbac}/RoleBinding`]: { create: validateBinding, update: validateBindingUpdate },
  [`${rbac}/ClusterRoleBinding`]: { create: validateBinding, update: validateBindingUpdate },
}
