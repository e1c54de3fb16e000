import { cronSync } from '../../domains/kubernetes/cronjob/sync.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a CronJob starts nothing while its last run goes on. */
export const cronWaitsForLast = defineMisconception({
  id: 'cron-waits-for-last',
  concept: 'k8s.jobs',
  rule: cronSync,
  says: 'A CronJob starts no run while the last one is not done.',
  instead: 'It does so only with concurrencyPolicy Forbid; by default runs overlap.',
  decide: (input, real) => real({ ...input, concurrencyPolicy: 'Forbid' }),
})
