import { expect, test } from 'vitest'
import cases from './cases/asg.targetTracking.json'
import { targetTracking } from './targetTracking.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(targetTracking.decide(input as never)).toMatchObject(wanted)
})
