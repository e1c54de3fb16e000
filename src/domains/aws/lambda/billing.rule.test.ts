import { expect, test } from 'vitest'
import { lambdaBilling } from './billing.rule.ts'
import cases from './cases/lambda.billing.json'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(lambdaBilling.decide(input as never)).toMatchObject(wanted)
})
