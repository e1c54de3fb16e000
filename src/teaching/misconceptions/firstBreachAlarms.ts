import { alarmRule } from '../../domains/aws/cloudwatch/alarm.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an alarm goes off at the first datapoint beyond the threshold. */
export const firstBreachAlarms = defineMisconception({
  id: 'first-breach-alarms',
  concept: 'ops.alarms',
  rule: alarmRule,
  says: 'An alarm goes off at the first datapoint beyond the threshold.',
  instead: 'M of the newest N datapoints must breach before it is in alarm.',
  decide: (input, real) => real({ ...input, datapointsToAlarm: 1 }),
})
