import { jobRetryDelay } from '../../domains/kubernetes/job/retryDelay.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a Job makes its next pod the moment one fails. */
export const jobRetriesAtOnce = defineMisconception({
  id: 'job-retries-at-once',
  concept: 'k8s.jobs',
  rule: jobRetryDelay,
  says: 'A Job tries again as soon as a pod has failed.',
  instead: 'It waits, and each failure in a row doubles the wait.',
  decide: () => 0,
})
