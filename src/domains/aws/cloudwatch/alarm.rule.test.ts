import { expect, test } from 'vitest'
import { type AlarmInput, judge } from './alarm.rule.ts'
import cases from './cases/cloudwatch.alarm.json'

test.each(cases.map((one) => [one.says, one] as const))('%s', (_says, one) => {
  expect(judge(one.input as AlarmInput)).toMatchObject(one.expect)
})
