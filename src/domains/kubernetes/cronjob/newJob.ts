import { type Emission, EPOCH, type JsonObject, type World } from '../../../kernel/index.ts'
import { applyDefaults, generateJobSelector } from '../api/defaults.ts'
import { type Loose, objectAt } from '../api/loose.ts'
import { QuotaLedger } from '../apiserver/admission/resourceQuota.ts'
import { stamped } from '../apiserver/newObject.ts'
import { controllerReference, type KubeObject, type ObjectMeta, objectId, timestamp } from '../object/object.ts'
import type { CronJob } from './cronJob.ts'

/** The Job for one scheduled time (ms since 1970), or why it cannot be created. Models: pkg/controller/cronjob/utils.go getJobFromTemplate2 */
export function newJob(
  world: World,
  cronJob: CronJob,
  name: string,
  scheduledTime: number,
): { readonly emission: Emission; readonly object: KubeObject } | { readonly error: string } {
  const { namespace } = cronJob.metadata
  const template = cronJob.spec.jobTemplate as Loose
  const annotations = objectAt(template, 'metadata', 'annotations')
  const at = { 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(scheduledTime - EPOCH) }
  const refused = new QuotaLedger(world, namespace ?? 'default').take('Job', undefined)
  if (refused !== undefined) return { error: `jobs.batch "${name}" is forbidden: ${refused}` }
  const draft = stamped(world, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: (objectAt(template, 'metadata', 'labels') ?? {}) as NonNullable<ObjectMeta['labels']>,
      annotations: { ...annotations, ...at } as NonNullable<ObjectMeta['annotations']>,
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: objectAt(template, 'spec') as JsonObject,
  })
  const defaulted = applyDefaults(draft as unknown as Loose)
  const object = generateJobSelector(defaulted, draft.metadata.uid) as unknown as KubeObject
  return {
    object,
    emission: { to: objectId('Job', namespace, name), type: 'Created', kind: 'k8s.Job', data: { object } },
  }
}
