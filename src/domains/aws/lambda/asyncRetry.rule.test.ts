import { expect, test } from 'vitest'
import { lambdaAsyncRetry } from './asyncRetry.rule.ts'
import cases from './cases/lambda.asyncRetry.json'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(lambdaAsyncRetry.decide(input as never)).toMatchObject(wanted)
})
