import type { Emission, World } from '../../../kernel/index.ts'
import { type Loose, objectsAt } from '../api/loose.ts'
import { NewPods } from '../apiserver/newPods.ts'
import { deletion } from '../apiserver/remove.ts'
import { changes } from '../apiserver/update.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'
import { COMPLETION_INDEX, type Job, TRACKING } from './job.ts'

const SOURCE = 'job-controller'

/** The pods to create: `count` of them, or one for each index; and the words of the first refusal. */
export function newJobPods(
  world: World,
  job: Job,
  count: number,
  indexes: readonly number[] | undefined,
): { readonly emissions: readonly Emission[]; readonly error?: string } {
  const pods = new NewPods(world, job, job.spec.template as Loose, {
    source: SOURCE,
    message: (name) => `Created pod: ${name}`,
  })
  const emissions: Emission[] = []
  for (let i = 0; i < count; i++) {
    const index = indexes?.[i]
    const made =
      index === undefined ? pods.make({ finalizers: [TRACKING] }) : pods.make(indexed(job.metadata.name, index))
    if ('error' in made) return { emissions, error: made.error }
    emissions.push(made.emission)
  }
  return { emissions }
}

/** What the pod of one completion index has of its own. Models: pkg/controller/job/indexed_job_utils.go */
function indexed(job: string, index: number) {
  const number = String(index)
  return {
    generateName: `${job}-${number}-`,
    finalizers: [TRACKING],
    labels: { [COMPLETION_INDEX]: number },
    annotations: { [COMPLETION_INDEX]: number },
    spec: (spec: Loose): Loose => ({
      ...spec,
      hostname: `${job}-${number}`,
      ...withIndexVariable(spec, 'containers'),
      ...withIndexVariable(spec, 'initContainers'),
    }),
  }
}

function withIndexVariable(spec: Loose, list: 'containers' | 'initContainers'): Loose {
  if (!Array.isArray(spec[list])) return {}
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${COMPLETION_INDEX}']` }
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }
  return {
    [list]: objectsAt(spec, list).map((container) => {
      const env = objectsAt(container, 'env')
      return env.some(({ name }) => name === variable.name) ? container : { ...container, env: [...env, variable] }
    }),
  }
}

/** Lets a pod go that has been counted. */
export function untrack(pod: ObjectEntity): readonly Emission[] {
  return changes(pod, objectOf(withoutTracking(pod)))
}

/** Deletes a pod of the Job. */
export function deleteJobPod(world: World, job: Job, pod: ObjectEntity): Emission | undefined {
  const emission = deletion(world, withoutTracking(pod))
  if (!emission) return undefined
  const message = `Deleted pod: ${pod.metadata.name}`
  const kubeEvents: readonly KubeEvent[] = [
    { type: 'Normal', reason: 'SuccessfulDelete', message, source: SOURCE, about: job.id },
  ]
  return { ...emission, by: undefined, data: { ...emission.data, kubeEvents } }
}

/** Whether a pod has not been counted yet. */
export function isTracked(pod: ObjectEntity): boolean {
  return pod.metadata.finalizers?.includes(TRACKING) === true
}

function withoutTracking(pod: ObjectEntity): ObjectEntity {
  const { finalizers, ...metadata } = pod.metadata
  const kept = (finalizers ?? []).filter((finalizer) => finalizer !== TRACKING)
  return { ...pod, metadata: kept.length > 0 ? { ...metadata, finalizers: kept } : metadata }
}
