import { alarmRule } from '../../domains/aws/cloudwatch/alarm.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an alarm takes silence for trouble. */
export const missingIsBad = defineMisconception({
  id: 'missing-is-bad',
  concept: 'ops.alarms',
  rule: alarmRule,
  says: 'A period without data counts as a breach.',
  instead: 'Only with treat-missing-data breaching; by default nothing at all leads to INSUFFICIENT_DATA.',
  decide: (input, real) => real({ ...input, treatMissingData: 'breaching' }),
})
