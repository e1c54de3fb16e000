import { humanDuration } from '../../api/humanDuration.ts'
import { formatLabelSelector, type LabelSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import type { Deployment } from '../../deployment/deployment.ts'
import { newReplicaSet, replicaSetsOf } from '../../deployment/revisions.ts'
import type { ObjectEntity } from '../../object/object.ts'
import type { ReplicaSet } from '../../replicaset/replicaSet.ts'
import { boolCell } from '../printers/printer.ts'
import type { Describer } from './describer.ts'
import { describeTemplate } from './pod.ts'
import { conditionRows, flat, longTime, type Sheet } from './sheet.ts'

/** What makes pods. Models: kubectl/pkg/describe */
export const workloadDescribers: Readonly<Record<string, Describer>> = {
  Deployment(sheet, object, id) {
    sheet.head(object)
    sheet.field('CreationTimestamp', longTime(valueAt(object, 'metadata', 'creationTimestamp')))
    sheet.marks(object)
    sheet.field('Selector', selectorOf(object))
    const status = (field: string) => Number(valueAt(object, 'status', field) ?? 0)
    sheet.field(
      'Replicas',
      `${replicasOf(object)} desired | ${status('updatedReplicas')} updated | ${status('replicas')} total | ${status('availableReplicas')} available | ${status('unavailableReplicas')} unavailable`,
    )
    sheet.field('StrategyType', textAt(object, 'spec', 'strategy', 'type'))
    sheet.field('MinReadySeconds', valueAt(object, 'spec', 'minReadySeconds') ?? 0)
    const rolling = objectAt(object, 'spec', 'strategy', 'rollingUpdate')
    if (rolling)
      sheet.field(
        'RollingUpdateStrategy',
        `${String(rolling.maxUnavailable)} max unavailable, ${String(rolling.maxSurge)} max surge`,
      )
    describeTemplate(sheet, objectAt(object, 'spec', 'template'))
    conditionRows(sheet, object)
    const entity = sheet.world.get(id) as Deployment | undefined
    const sets = entity ? replicaSetsOf(sheet.world, entity) : []
    const current = entity ? newReplicaSet(entity, sets) : undefined
    const old = sets.filter(
      (set) => set !== current && Number(set.spec?.replicas ?? 0) + Number(set.status?.replicas ?? 0) >= 0,
    )
    if (sets.length > 0) {
      sheet.field('OldReplicaSets', setsText(old))
      sheet.field('NewReplicaSet', setsText(current ? [current] : []))
    }
  },
  ReplicaSet(sheet, object, id) {
    sheet.head(object)
    sheet.field('Selector', selectorOf(object))
    sheet.marks(object)
    sheet.controlledBy(object)
    sheet.field(
      'Replicas',
      `${Number(valueAt(object, 'status', 'replicas') ?? 0)} current / ${replicasOf(object)} desired`,
    )
    podsStatus(sheet, id)
    describeTemplate(sheet, objectAt(object, 'spec', 'template'))
    conditionRows(sheet, object)
  },
  ReplicationController(sheet, object, id) {
    sheet.head(object)
    sheet.field('Selector', flat(valueAt(object, 'spec', 'selector')))
    sheet.marks(object)
    sheet.field(
      'Replicas',
      `${Number(valueAt(object, 'status', 'replicas') ?? 0)} current / ${replicasOf(object)} desired`,
    )
    podsStatus(sheet, id)
    describeTemplate(sheet, objectAt(object, 'spec', 'template'))
    conditionRows(sheet, object)
  },
  StatefulSet(sheet, object, id) {
    sheet.head(object)
    sheet.field('CreationTimestamp', longTime(valueAt(object, 'metadata', 'creationTimestamp')))
    sheet.field('Selector', selectorOf(object))
    sheet.marks(object)
    if (textAt(object, 'spec', 'serviceName') !== '') sheet.field('Service Name', textAt(object, 'spec', 'serviceName'))
    if (textAt(object, 'spec', 'podManagementPolicy') !== '')
      sheet.field('Pod Management Policy', textAt(object, 'spec', 'podManagementPolicy'))
    sheet.field(
      'Replicas',
      `${replicasOf(object)} desired | ${Number(valueAt(object, 'status', 'replicas') ?? 0)} total`,
    )
    sheet.field('Update Strategy', textAt(object, 'spec', 'updateStrategy', 'type'))
    const partition = valueAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')
    if (partition !== undefined) sheet.field('Partition', partition, 1)
    const retention = objectAt(object, 'spec', 'persistentVolumeClaimRetentionPolicy')
    if (retention) {
      sheet.line(0, 'Persistent Volume Claim Retention Policy:')
      sheet.field('WhenDeleted', textAt(retention, 'whenDeleted'), 1)
      sheet.field('WhenScaled', textAt(retention, 'whenScaled'), 1)
    }
    podsStatus(sheet, id)
    describeTemplate(sheet, objectAt(object, 'spec', 'template'))
    claimTemplates(sheet, objectsAt(object, 'spec', 'volumeClaimTemplates'))
  },
  DaemonSet(sheet, object, id) {
    sheet.head(object)
    sheet.field('Selector', selectorOf(object))
    sheet.field('Node-Selector', flat(valueAt(object, 'spec', 'template', 'spec', 'nodeSelector')))
    sheet.marks(object)
    const status = (field: string) => Number(valueAt(object, 'status', field) ?? 0)
    sheet.line(0, `Desired Number of Nodes Scheduled: ${status('desiredNumberScheduled')}`)
    sheet.line(0, `Current Number of Nodes Scheduled: ${status('currentNumberScheduled')}`)
    sheet.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status('updatedNumberScheduled')}`)
    sheet.line(0, `Number of Nodes Scheduled with Available Pods: ${status('numberAvailable')}`)
    sheet.line(0, `Number of Nodes Misscheduled: ${status('numberMisscheduled')}`)
    podsStatus(sheet, id)
    describeTemplate(sheet, objectAt(object, 'spec', 'template'))
  },
  Job(sheet, object) {
    sheet.head(object)
    sheet.field('Selector', selectorOf(object))
    sheet.marks(object)
    sheet.controlledBy(object)
    const spec = objectAt(object, 'spec') ?? {}
    const status = objectAt(object, 'status') ?? {}
    if (spec.parallelism !== undefined) sheet.field('Parallelism', spec.parallelism)
    sheet.field('Completions', spec.completions ?? '<unset>')
    if (spec.completionMode !== undefined) sheet.field('Completion Mode', spec.completionMode)
    if (spec.suspend !== undefined) sheet.field('Suspend', spec.suspend)
    if (spec.backoffLimit !== undefined) sheet.field('Backoff Limit', spec.backoffLimit)
    if (spec.ttlSecondsAfterFinished !== undefined)
      sheet.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished)
    if (status.startTime) sheet.field('Start Time', longTime(status.startTime))
    if (status.completionTime) sheet.field('Completed At', longTime(status.completionTime))
    if (status.startTime && status.completionTime)
      sheet.field(
        'Duration',
        humanDuration(Date.parse(String(status.completionTime)) - Date.parse(String(status.startTime))),
      )
    if (spec.activeDeadlineSeconds !== undefined)
      sheet.field('Active Deadline Seconds', `${String(spec.activeDeadlineSeconds)}s`)
    const ready = status.ready === undefined ? '' : ` (${String(status.ready)} Ready)`
    sheet.field(
      'Pods Statuses',
      `${Number(status.active ?? 0)} Active${ready} / ${Number(status.succeeded ?? 0)} Succeeded / ${Number(status.failed ?? 0)} Failed`,
    )
    if (spec.completionMode === 'Indexed') sheet.field('Completed Indexes', status.completedIndexes || '<none>')
    describeTemplate(sheet, objectAt(spec, 'template'))
  },
  CronJob(sheet, object) {
    sheet.head(object)
    sheet.marks(object)
    const spec = objectAt(object, 'spec') ?? {}
    sheet.field('Schedule', spec.schedule)
    sheet.field('Concurrency Policy', spec.concurrencyPolicy)
    sheet.field('Suspend', boolCell(spec.suspend))
    sheet.field('Time Zone', spec.timeZone ?? '<unset>')
    sheet.field('Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>')
    sheet.field('Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>')
    sheet.field(
      'Starting Deadline Seconds',
      spec.startingDeadlineSeconds === undefined ? '<unset>' : `${String(spec.startingDeadlineSeconds)}s`,
    )
    const job = objectAt(spec, 'jobTemplate', 'spec') ?? {}
    sheet.field('Selector', job.selector ? formatLabelSelector(job.selector as LabelSelector) : '<unset>')
    sheet.field('Parallelism', job.parallelism ?? '<unset>')
    sheet.field('Completions', job.completions ?? '<unset>')
    if (job.activeDeadlineSeconds !== undefined)
      sheet.field('Active Deadline Seconds', `${String(job.activeDeadlineSeconds)}s`)
    describeTemplate(sheet, objectAt(job, 'template'))
    const last = valueAt(object, 'status', 'lastScheduleTime')
    sheet.field('Last Schedule Time', last ? longTime(last) : '<unset>')
    sheet.field(
      'Active Jobs',
      objectsAt(object, 'status', 'active')
        .map((one) => textAt(one, 'name'))
        .join(', ') || '<none>',
    )
  },
}

function selectorOf(object: Loose): string {
  return formatLabelSelector(objectAt(object, 'spec', 'selector') as LabelSelector | undefined)
}

function replicasOf(object: Loose): number {
  return Number(valueAt(object, 'spec', 'replicas') ?? 1)
}

function setsText(sets: readonly ReplicaSet[]): string {
  if (sets.length === 0) return '<none>'
  return sets
    .map(
      (set) =>
        `${set.metadata.name} (${Number(set.status?.replicas ?? 0)}/${Number(set.spec?.replicas ?? 0)} replicas created)`,
    )
    .join(', ')
}

function podsStatus(sheet: Sheet, id: string): void {
  const phases = (sheet.world.ownedBy(id) as readonly ObjectEntity[])
    .filter((one) => one.kind === 'k8s.Pod')
    .map((pod) => pod.status?.phase)
  const count = (phase: string) => phases.filter((one) => one === phase).length
  sheet.field(
    'Pods Status',
    `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  )
}

function claimTemplates(sheet: Sheet, templates: readonly Loose[]): void {
  sheet.line(0, templates.length === 0 ? 'Volume Claims:\t<none>' : 'Volume Claims:')
  for (const claim of templates) {
    sheet.field('Name', textAt(claim, 'metadata', 'name'), 1)
    sheet.field('StorageClass', textAt(claim, 'spec', 'storageClassName'), 1)
    sheet.labels('Labels', valueAt(claim, 'metadata', 'labels'), '  ')
    sheet.labels('Annotations', valueAt(claim, 'metadata', 'annotations'), '  ')
    sheet.field('Capacity', valueAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '<default>', 1)
    const modes = valueAt(claim, 'spec', 'accessModes')
    sheet.field('Access Modes', `[${Array.isArray(modes) ? modes.join(' ') : ''}]`, 1)
  }
}
