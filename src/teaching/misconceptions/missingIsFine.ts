import { alarmRule } from '../../domains/aws/cloudwatch/alarm.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that no data means that all is well. */
export const missingIsFine = defineMisconception({
  id: 'missing-is-fine',
  concept: 'ops.alarms',
  rule: alarmRule,
  says: 'A period without data counts as a good one.',
  instead: 'That holds for notBreaching alone; by default, and when told so, an alarm counts it in other ways.',
  decide: (input, real) => real({ ...input, treatMissingData: 'notBreaching' }),
})
