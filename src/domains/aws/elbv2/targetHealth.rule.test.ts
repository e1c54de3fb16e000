import { expect, test } from 'vitest'
import cases from './cases/alb.health.json'
import { targetHealth } from './targetHealth.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(targetHealth.decide(input as never)).toMatchObject(wanted)
})
