import { expect, test } from 'vitest'
import { judge } from './alarm.rule.ts'
import cases from './cases/cloudwatch.alarm.json'

test.each(cases.map((one) => [one.says, one] as const))('%s', (_says, one) => {
  const { state } = judge({
    datapoints: one.points,
    threshold: 5,
    comparison: 'GreaterThanThreshold',
    datapointsToAlarm: one.m,
    evaluationPeriods: one.n,
    treatMissingData: one.missing,
    currentState: (one.now ?? 'OK') as 'OK',
  })
  expect(state).toBe(one.state)
})
