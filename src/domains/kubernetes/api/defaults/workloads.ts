import { copyJson, fill, isObject, type Loose, objectAt, objectsAt, structAt, textAt } from '../loose.ts'
import { defaultTemplate } from './pod.ts'

/** Models: pkg/apis/apps/v1/defaults.go SetDefaults_Deployment. */
export function defaultDeployment(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
  const strategy = objectAt(spec, 'strategy')
  if (strategy) {
    fill(strategy, { type: 'RollingUpdate' }, true)
    if (strategy.type === 'RollingUpdate') {
      fill(strategy, { rollingUpdate: {} })
      const rolling = objectAt(strategy, 'rollingUpdate')
      if (rolling) fill(rolling, { maxUnavailable: '25%', maxSurge: '25%' })
    }
  }
  defaultTemplate(structAt(spec, 'template'))
}

/** Models: SetDefaults_ReplicaSet; labels of the template become those of the set where it has none. */
export function defaultReplicaSet(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { replicas: 1 })
  defaultTemplate(structAt(spec, 'template'))
}

/** Models: pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController. */
export function defaultReplicationController(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { replicas: 1 })
  const labels = objectAt(spec, 'template', 'metadata', 'labels')
  if (labels) {
    if (!isObject(spec.selector) || Object.keys(spec.selector).length === 0) spec.selector = copyJson(labels)
    adoptLabels(object, labels)
  }
  defaultTemplate(structAt(spec, 'template'))
}

/** Models: SetDefaults_DaemonSet. */
export function defaultDaemonSet(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { updateStrategy: {}, revisionHistoryLimit: 10 })
  const strategy = objectAt(spec, 'updateStrategy')
  if (strategy) {
    fill(strategy, { type: 'RollingUpdate' }, true)
    if (strategy.type === 'RollingUpdate') {
      fill(strategy, { rollingUpdate: {} })
      const rolling = objectAt(strategy, 'rollingUpdate')
      if (rolling) fill(rolling, { maxUnavailable: 1, maxSurge: 0 })
    }
  }
  defaultTemplate(structAt(spec, 'template'))
}

/** Models: SetDefaults_StatefulSet. In 1.35 the gate MaxUnavailableStatefulSet is off, so `maxUnavailable` is dropped, not defaulted. */
export function defaultStatefulSet(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { podManagementPolicy: 'OrderedReady' }, true)
  fill(spec, { replicas: 1, updateStrategy: {}, revisionHistoryLimit: 10, persistentVolumeClaimRetentionPolicy: {} })
  const strategy = objectAt(spec, 'updateStrategy')
  if (strategy) {
    if (textAt(strategy, 'type') === '') {
      strategy.type = 'RollingUpdate'
      fill(strategy, { rollingUpdate: {} })
    }
    const rolling = objectAt(strategy, 'rollingUpdate')
    if (strategy.type === 'RollingUpdate' && rolling) fill(rolling, { partition: 0 })
    if (rolling) delete rolling.maxUnavailable
  }
  const retention = objectAt(spec, 'persistentVolumeClaimRetentionPolicy')
  if (retention) fill(retention, { whenDeleted: 'Retain', whenScaled: 'Retain' }, true)
  for (const claim of objectsAt(spec, 'volumeClaimTemplates')) {
    fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, true)
    fill(claim, { status: { phase: 'Pending' } })
    const claimSpec = objectAt(claim, 'spec')
    if (claimSpec) fill(claimSpec, { volumeMode: 'Filesystem' })
  }
  defaultTemplate(structAt(spec, 'template'))
}

/** Models: pkg/apis/batch/v1/defaults.go SetDefaults_Job. */
export function defaultJob(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  const labels = objectAt(spec, 'template', 'metadata', 'labels')
  defaultJobSpec(spec)
  if (labels) adoptLabels(object, labels)
}

/** Models: SetDefaults_CronJob, and the job defaults inside its template. */
export function defaultCronJob(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { concurrencyPolicy: 'Allow' }, true)
  fill(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 })
  const job = objectAt(spec, 'jobTemplate', 'spec')
  if (job) defaultTemplate(structAt(job, 'template'))
  const template = objectAt(spec, 'jobTemplate')
  if (template) fill(template, { metadata: {} })
  if (job) defaultFailurePolicy(job)
}

function defaultJobSpec(spec: Loose): void {
  const absent = (key: string) => spec[key] === undefined || spec[key] === null
  if (absent('completions') && absent('parallelism')) fill(spec, { completions: 1, parallelism: 1 })
  fill(spec, {
    parallelism: 1,
    backoffLimit: absent('backoffLimitPerIndex') ? 6 : 2147483647,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: absent('podFailurePolicy') ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  })
  defaultFailurePolicy(spec)
  defaultTemplate(structAt(spec, 'template'))
}

function defaultFailurePolicy(spec: Loose): void {
  for (const rule of objectsAt(spec, 'podFailurePolicy', 'rules')) {
    for (const pattern of objectsAt(rule, 'onPodConditions')) fill(pattern, { status: 'True' }, true)
  }
}

function adoptLabels(object: Loose, labels: Loose): void {
  if (!isObject(object.metadata)) object.metadata = {}
  const metadata = object.metadata as Loose
  if (!isObject(metadata.labels) || Object.keys(metadata.labels).length === 0) metadata.labels = copyJson(labels)
}
