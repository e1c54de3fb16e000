import { expect, test } from 'vitest'
import { approvals } from './approvals.rule.ts'
import cases from './cases/codecommit.approvals.json'

test.each(cases)('$id', ({ input, expect: wanted }) => {
  expect(approvals.decide(input)).toMatchObject(wanted)
})
