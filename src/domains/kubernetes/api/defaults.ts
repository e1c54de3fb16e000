import { defaultBinding, defaultCrd, defaultPriorityClass, defaultWebhooks } from './defaults/access.ts'
import { defaultHpaV1, defaultHpaV2 } from './defaults/autoscaling.ts'
import { defaultLimitRange, defaultNamespace, defaultSecret } from './defaults/config.ts'
import {
  defaultEndpointSlice,
  defaultEndpoints,
  defaultIngressClass,
  defaultNetworkPolicy,
  defaultService,
} from './defaults/networking.ts'
import { defaultPod, defaultTemplate } from './defaults/pod.ts'
import {
  defaultCsiDriver,
  defaultPersistentVolume,
  defaultPersistentVolumeClaim,
  defaultStorageClass,
} from './defaults/storage.ts'
import {
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultReplicationController,
  defaultStatefulSet,
} from './defaults/workloads.ts'
import { copyJson, isObject, type Loose, objectAt, textAt } from './loose.ts'
import { normalizeObject } from './normalize.ts'

/**
 * A copy of `object` as the API server decodes it, for create and update alike: unknown fields and nulls gone, quantities canonical,
 * the defaults of its API version filled in. Kinds without defaults come back as they are.
 */
export function applyDefaults(object: Loose): Loose {
  const copy = normalizeObject(copyJson(object))
  byKind[`${textAt(copy, 'apiVersion')}/${textAt(copy, 'kind')}`]?.(copy)
  return copy
}

/**
 * What the registry's strategy adds to a Job that is created without a manual selector: the selector and the labels of its pods.
 * Models: pkg/registry/batch/job/strategy.go generateSelector. `uid` is the uid that the store has given.
 */
export function generateJobSelector(job: Loose, uid: string): Loose {
  const copy = copyJson(job)
  const spec = objectAt(copy, 'spec')
  if (!spec || spec.manualSelector === true) return copy
  const name = textAt(copy, 'metadata', 'name')
  const labels: Loose = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  if (!isObject(spec.template)) spec.template = {}
  const template = spec.template as Loose
  if (!isObject(template.metadata)) template.metadata = {}
  const metadata = template.metadata as Loose
  metadata.labels = { ...(isObject(metadata.labels) ? metadata.labels : {}), ...labels }
  if (!isObject(spec.selector)) spec.selector = {}
  const selector = spec.selector as Loose
  selector.matchLabels = {
    ...(isObject(selector.matchLabels) ? selector.matchLabels : {}),
    'batch.kubernetes.io/controller-uid': uid,
  }
  return copy
}

const byKind: Readonly<Record<string, (object: Loose) => void>> = {
  'v1/Pod': defaultPod,
  'v1/PodTemplate': (object) => defaultTemplate(object.template),
  'v1/ReplicationController': defaultReplicationController,
  'v1/Service': defaultService,
  'v1/Endpoints': defaultEndpoints,
  'v1/Secret': defaultSecret,
  'v1/Namespace': defaultNamespace,
  'v1/LimitRange': defaultLimitRange,
  'v1/PersistentVolume': defaultPersistentVolume,
  'v1/PersistentVolumeClaim': defaultPersistentVolumeClaim,
  'apps/v1/Deployment': defaultDeployment,
  'apps/v1/ReplicaSet': defaultReplicaSet,
  'apps/v1/DaemonSet': defaultDaemonSet,
  'apps/v1/StatefulSet': defaultStatefulSet,
  'batch/v1/Job': defaultJob,
  'batch/v1/CronJob': defaultCronJob,
  'autoscaling/v1/HorizontalPodAutoscaler': defaultHpaV1,
  'autoscaling/v2/HorizontalPodAutoscaler': defaultHpaV2,
  'networking.k8s.io/v1/NetworkPolicy': defaultNetworkPolicy,
  'networking.k8s.io/v1/IngressClass': defaultIngressClass,
  'discovery.k8s.io/v1/EndpointSlice': defaultEndpointSlice,
  'storage.k8s.io/v1/StorageClass': defaultStorageClass,
  'storage.k8s.io/v1/CSIDriver': defaultCsiDriver,
  'rbac.authorization.k8s.io/v1/RoleBinding': defaultBinding,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': defaultBinding,
  'scheduling.k8s.io/v1/PriorityClass': defaultPriorityClass,
  'apiextensions.k8s.io/v1/CustomResourceDefinition': defaultCrd,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': defaultWebhooks,
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': defaultWebhooks,
}
