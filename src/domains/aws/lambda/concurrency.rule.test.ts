import { expect, test } from 'vitest'
import cases from './cases/lambda.concurrency.json'
import { lambdaConcurrency } from './concurrency.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(lambdaConcurrency.decide(input as never)).toMatchObject(wanted)
})
