import { expect, test } from 'vitest'
import cases from './cases/asg.multiPolicy.json'
import { multiPolicy } from './multiPolicy.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(multiPolicy.decide(input as never)).toMatchObject(wanted)
})
