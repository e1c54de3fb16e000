import { jobStatus } from '../../domains/kubernetes/job/status.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Takes backoffLimit for the number of tries. */
export const backoffLimitCountsTries = defineMisconception({
  id: 'backoff-limit-counts-tries',
  concept: 'k8s.jobs',
  rule: jobStatus,
  says: 'backoffLimit is how often a Job tries.',
  instead: 'backoffLimit counts retries: the first try comes on top.',
  decide: (input, real) => real({ ...input, backoffLimit: Math.max(0, input.backoffLimit - 1) }),
})
