import { expect, test } from 'vitest'
import cases from './cases/alb.routing.json'
import { targetRouting } from './routing.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(targetRouting.decide(input as never)).toMatchObject(wanted)
})
