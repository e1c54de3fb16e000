import { cronSync } from '../../domains/kubernetes/cronjob/sync.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a schedule is kept whatever else is said. */
export const scheduleIsKept = defineMisconception({
  id: 'schedule-is-kept',
  concept: 'k8s.jobs',
  rule: cronSync,
  says: 'A CronJob starts a run whenever its schedule says so.',
  instead: 'With Forbid a start is skipped while a run goes on, and with Replace the running one is deleted.',
  decide: (input, real) => real({ ...input, concurrencyPolicy: 'Allow' }),
})
