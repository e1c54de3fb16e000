import { defineRule } from '../../../kernel/rule.ts'
import { firstPendingIndexes, formatIndexes, isValid, podsForRemoval } from './indexes.rule.ts'
import { pastRestartLimit, remainingRetryDelay } from './retryDelay.rule.ts'

/**
 * What the Job controller does in one pass, and the status it writes.
 * Models: pkg/controller/job/job_controller.go syncJob, manageJob, trackJobStatusAndRemoveFinalizers, enactJobFinished
 */
export const jobStatus = defineRule({
  id: 'k8s.job.status',
  says: 'A Job keeps up to parallelism pods running until enough succeeded; more failures than backoffLimit end it, and it is finished once none of its pods is terminating.',
  source: 'pkg/controller/job/job_controller.go syncJob',
  decide: syncJob,
  vector: (input: JobCase) => {
    switch (input.fn) {
      case 'podFailureBackoff': {
        const remaining = remainingRetryDelay({
          failures: input.failuresAfterLastSuccess,
          sinceLastFailure: input.secondsSinceLastFailure * 1000,
          base: input.baseSeconds * 1000,
          max: input.maxSeconds * 1000,
        })
        return { remainingSeconds: remaining / 1000 }
      }
      case 'onFailureBackoffLimit':
        return {
          exceeded: pastRestartLimit(input.backoffLimit, [
            { phase: input.podPhase, restarts: input.restartCounts.reduce((sum, count) => sum + count, 0) },
          ]),
        }
      case 'neverBackoffLimit':
        return { exceeded: input.failedPods > input.backoffLimit }
      case 'syncIndexed':
        return answerIndexed(input)
      default:
        return answerCounts(input)
    }
  },
})

/** The Job as one pass sees it. Counts of pods are those not yet in `counted`; absent flags are false. */
export interface JobInput {
  readonly parallelism: number
  /** Null for a work queue: done when one pod succeeded and none runs. */
  readonly completions: number | null
  readonly backoffLimit: number
  readonly podReplacementPolicy?: string
  readonly suspend?: boolean
  readonly deleting?: boolean
  /** Pods that neither ended nor are being deleted, those to delete first at the front (see rule k8s.replicaset.deletionOrder). */
  readonly active: readonly JobPod[]
  /** Newly ended pods. With an index only valid and first ones count. */
  readonly succeeded: readonly JobPod[]
  readonly failed: readonly JobPod[]
  /** Pods being deleted that have not ended; by default they count as failed. */
  readonly terminating: readonly JobPod[]
  /** What earlier passes counted. */
  readonly counted: { readonly succeeded: number; readonly failed: number }
  readonly indexed?: { readonly completed: readonly number[] }
  readonly conditions: readonly JobCondition[]
  /** Creations or deletions of an earlier pass have not been seen yet. */
  readonly expectationsPending?: boolean
  /** The retry delay has not passed (see rule k8s.job.status/retryDelay). */
  readonly inBackoff?: boolean
  readonly pastActiveDeadline?: boolean
  /** For restartPolicy OnFailure: restarts of running pods reached the limit (see `pastRestartLimit`). */
  readonly pastRestartLimit?: boolean
}

/** A pod of a Job; `index` null where the Job is not indexed or the pod lacks the annotation. */
export interface JobPod {
  readonly name?: string
  readonly index: number | null
  readonly ready?: boolean
}

/** A condition of the Job's status without its times. */
export interface JobCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

/** The status to write, and what to do: pods to delete, or how many (or which indexes) to create, never both. */
export interface JobVerdict {
  readonly creations: number
  readonly createdIndexes: readonly number[]
  readonly deletions: readonly JobPod[]
  readonly status: {
    readonly active: number
    readonly ready: number
    readonly succeeded: number
    readonly failed: number
    readonly terminating: number
    readonly completedIndexes?: string
  }
  readonly conditions: readonly JobCondition[]
  /** The Job has its terminal condition. */
  readonly finished: boolean
  /** Why the Job ends, also while it still waits for pods to terminate. */
  readonly finishedReason?: string
}

/** At most this many pods are created or deleted in a pass. */
export const maxPodsPerSync = 500

/** Decides one pass. Success policy, pod failure policy and per-index limits are not modelled yet. */
export function syncJob(input: JobInput): JobVerdict {
  const { completions, parallelism } = input
  const onlyFailed = input.podReplacementPolicy === 'Failed'
  const counts = (pod: JobPod) => !input.indexed || isValid(pod.index, completions ?? 0)
  const completed = new Set(input.indexed?.completed)
  for (const pod of input.succeeded) if (input.indexed && counts(pod) && pod.index !== null) completed.add(pod.index)
  const succeeded = input.indexed ? completed.size : input.counted.succeeded + input.succeeded.length
  let failed = input.counted.failed + input.failed.filter(counts).length
  if (!onlyFailed) failed += input.terminating.filter(counts).length
  let active = input.active.length
  let ready = input.active.filter((pod) => pod.ready).length
  let terminating = input.terminating.length
  let deletions: readonly JobPod[] = []
  let creations = 0
  let createdIndexes: number[] = []
  let conditions = [...input.conditions]
  const remove = (pods: readonly JobPod[]) => {
    deletions = pods
    active -= pods.length
    terminating += pods.length
    ready -= pods.filter((pod) => pod.ready).length
  }
  const verdict = (finished: boolean, finishedReason?: string): JobVerdict => ({
    creations,
    createdIndexes,
    deletions,
    status: {
      active,
      ready,
      succeeded,
      failed,
      terminating,
      ...(input.indexed ? { completedIndexes: formatIndexes(completed) } : {}),
    },
    conditions,
    finished,
    ...(finishedReason === undefined ? {} : { finishedReason }),
  })
  if (conditions.some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True'))
    return verdict(true)
  let end = conditionToEnd(input, failed)
  if (end) {
    remove(input.active)
    if (input.expectationsPending) return verdict(false, end.reason)
  } else {
    const managed = !input.expectationsPending && !input.deleting
    if (managed && input.suspend) remove(input.active)
    else if (managed) {
      const wanted =
        completions === null
          ? succeeded > 0
            ? active
            : parallelism
          : Math.max(0, Math.min(parallelism, completions - succeeded))
      const surplus = podsForRemoval(
        input.active,
        Math.max(0, active - wanted),
        input.indexed ? (completions ?? 0) : null,
      )
      const missing = wanted - active - (onlyFailed ? terminating : 0)
      if (surplus.length > 0) remove(surplus.slice(0, maxPodsPerSync))
      // Upstream reports no active pods at all while it waits to retry, even if some run.
      else if (missing > 0 && input.inBackoff) active = 0
      else if (missing > 0) {
        creations = Math.min(missing, maxPodsPerSync)
        if (input.indexed) {
          const busy = onlyFailed ? [...input.active, ...input.terminating] : input.active
          const taken = [...completed, ...busy.map((pod) => pod.index ?? -1)]
          createdIndexes = firstPendingIndexes({ count: creations, completions: completions ?? 0, taken })
          creations = createdIndexes.length
        }
        active += creations
      }
    }
    const complete = completions === null ? succeeded > 0 && active === 0 : succeeded >= completions && active === 0
    if (complete) end = COMPLETED
    else if (managed) conditions = withSuspension(conditions, input.suspend ?? false)
  }
  if (!end) return verdict(false)
  const failing = end.type === 'FailureTarget'
  if (failing) failed += deletions.filter(counts).length
  if (!conditions.some((condition) => condition.type === end.type)) conditions.push(end)
  // Until its last pod is gone the Job only has the interim condition.
  if (terminating > 0) return verdict(false, end.reason)
  conditions.push({ ...end, type: failing ? 'Failed' : 'Complete' })
  return verdict(true, end.reason)
}

const COMPLETED: JobCondition = {
  type: 'SuccessCriteriaMet',
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
}

function conditionToEnd(input: JobInput, failed: number): JobCondition | undefined {
  const begun = input.conditions.find(
    ({ type, status }) => (type === 'SuccessCriteriaMet' || type === 'FailureTarget') && status === 'True',
  )
  if (begun) return begun
  if (failed > input.backoffLimit || input.pastRestartLimit)
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  if (input.pastActiveDeadline) return failure('DeadlineExceeded', 'Job was active longer than specified deadline')
  return undefined
}

function failure(reason: string, message: string): JobCondition {
  return { type: 'FailureTarget', status: 'True', reason, message }
}

function withSuspension(conditions: JobCondition[], suspended: boolean): JobCondition[] {
  const known = conditions.findIndex((condition) => condition.type === 'Suspended')
  const condition: JobCondition = suspended
    ? { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }
    : { type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed' }
  if (known >= 0) return conditions.with(known, condition)
  return suspended ? [...conditions, condition] : conditions
}

interface CountsCase {
  readonly fn: 'sync'
  readonly parallelism: number
  readonly completions: number | null
  readonly backoffLimit: number
  readonly podReplacementPolicy?: string
  readonly suspend?: boolean
  readonly deleting?: boolean
  readonly pods: Readonly<Record<'pending' | 'active' | 'ready' | 'succeeded' | 'failed' | 'terminating', number>>
  readonly status: { readonly succeeded?: number; readonly failed?: number }
  readonly conditions?: readonly JobCondition[]
  readonly expectationsPending?: boolean
  readonly inBackoff?: boolean
}

interface IndexedCase {
  readonly fn: 'syncIndexed'
  readonly parallelism: number
  readonly completions: number
  readonly backoffLimit: number
  readonly podsWithIndexes: readonly (readonly [string | number | null, string])[]
}

type JobCase =
  | CountsCase
  | IndexedCase
  | {
      fn: 'podFailureBackoff'
      failuresAfterLastSuccess: number
      secondsSinceLastFailure: number
      baseSeconds: number
      maxSeconds: number
    }
  | { fn: 'onFailureBackoffLimit'; backoffLimit: number; podPhase: string; restartCounts: readonly number[] }
  | { fn: 'neverBackoffLimit'; backoffLimit: number; failedPods: number }

function answerCounts(input: CountsCase): unknown {
  const { pods } = input
  const some = (count: number, ready = 0): JobPod[] =>
    Array.from({ length: count }, (_, position) => ({ index: null, ready: position >= count - ready }))
  const verdict = syncJob({
    ...input,
    active: some(pods.pending + pods.active, pods.ready),
    succeeded: some(pods.succeeded),
    failed: some(pods.failed),
    terminating: some(pods.terminating),
    counted: { succeeded: input.status.succeeded ?? 0, failed: input.status.failed ?? 0 },
    conditions: input.conditions ?? [],
  })
  return { ...verdict, deletions: verdict.deletions.length }
}

function answerIndexed(input: IndexedCase): unknown {
  const of = (...phases: string[]): JobPod[] =>
    input.podsWithIndexes
      .filter(([, phase]) => phases.includes(phase))
      .map(([index, phase]) => ({
        index: /^[0-9]+$/.test(`${index}`) ? Number(index) : null,
        ready: phase === 'Running',
      }))
  const verdict = syncJob({
    ...input,
    active: of('Pending', 'Running'),
    succeeded: of('Succeeded'),
    failed: of('Failed'),
    terminating: of('Terminating'),
    counted: { succeeded: 0, failed: 0 },
    indexed: { completed: [] },
    conditions: [],
  })
  return { ...verdict, deletions: verdict.deletions.length }
}
