import { expect, test } from 'vitest'
import cases from './cases/alb.deregistration.json'
import { deregistration } from './deregistration.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(deregistration.decide(input as never)).toMatchObject(wanted)
})
