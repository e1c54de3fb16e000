import { defineRule } from '../../../kernel/rule.ts'

/**
 * How long a Job waits before it replaces failed pods.
 * Models: pkg/controller/job/backoff_utils.go getRemainingTimeForFailuresCount
 */
export const jobRetryDelay = defineRule({
  id: 'k8s.job.status/retryDelay',
  says: 'The wait starts at 10 s, doubles with every failure since the last success up to 10 min, and counts from the last failure.',
  source: 'pkg/controller/job/backoff_utils.go getRemainingTimeForFailuresCount',
  decide: remainingRetryDelay,
})

/** The real delays, in ms. */
export const jobRetryPolicy = { base: 10_000, max: 600_000 } as const

/** All in ms; `failures` since the last success, `sinceLastFailure` may be anything when there was none. */
export interface RetryDelayInput {
  readonly failures: number
  readonly sinceLastFailure: number
  readonly base?: number
  readonly max?: number
}

/** Milliseconds still to wait; 0 when pods may be created now. */
export function remainingRetryDelay(input: RetryDelayInput): number {
  const { failures, sinceLastFailure, base = jobRetryPolicy.base, max = jobRetryPolicy.max } = input
  if (failures === 0) return 0
  let delay = base
  for (let i = 1; i < failures; i++) {
    delay *= 2
    if (delay >= max) {
      delay = max
      break
    }
  }
  return Math.max(0, delay - sinceLastFailure)
}

/** For restartPolicy OnFailure: whether the restarts of the Pending and Running pods have used up the limit. Models: job_controller.go pastBackoffLimitOnFailure */
export function pastRestartLimit(
  backoffLimit: number,
  pods: readonly { readonly phase: string; readonly restarts: number }[],
): boolean {
  let restarts = 0
  for (const pod of pods) if (pod.phase === 'Running' || pod.phase === 'Pending') restarts += pod.restarts
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit
}
