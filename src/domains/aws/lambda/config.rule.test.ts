import { expect, test } from 'vitest'
import cases from './cases/lambda.config.json'
import { lambdaConfig } from './config.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(lambdaConfig.decide(input as never)).toMatchObject(wanted)
})
