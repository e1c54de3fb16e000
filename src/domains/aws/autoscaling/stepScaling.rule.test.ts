import { expect, test } from 'vitest'
import cases from './cases/asg.stepScaling.json'
import { stepScaling } from './stepScaling.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(stepScaling.decide(input as never)).toMatchObject(wanted)
})
