import { jobRetryDelay } from '../../domains/kubernetes/job/retryDelay.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a Job waits the same time before each further try. */
export const jobWaitIsConstant = defineMisconception({
  id: 'job-wait-is-constant',
  concept: 'k8s.jobs',
  rule: jobRetryDelay,
  says: 'Between two tries a Job always waits the same time.',
  instead: 'The wait doubles with each failure in a row, up to a limit.',
  decide: (input, real) => real({ ...input, failures: Math.min(1, input.failures) }),
})
