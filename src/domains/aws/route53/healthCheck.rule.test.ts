import { expect, test } from 'vitest'
import cases from './cases/route53.healthCheck.json'
import { healthCheck } from './healthCheck.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(healthCheck.decide(input as never)).toMatchObject(wanted)
})
