import { alarmRule } from '../../domains/aws/cloudwatch/alarm.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that every period that is looked at must breach. */
export const allPeriodsMustBreach = defineMisconception({
  id: 'all-periods-must-breach',
  concept: 'ops.alarms',
  rule: alarmRule,
  says: 'An alarm goes off only when all evaluation periods breach.',
  instead: 'With datapoints to alarm M, M of the newest N are enough, in any order.',
  decide: (input, real) => real({ ...input, datapointsToAlarm: input.evaluationPeriods }),
})
