import { expect, test } from 'vitest'
import cases from './cases/route53.failover.json'
import { failover } from './failover.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(failover.decide(input as never)).toMatchObject(wanted)
})
