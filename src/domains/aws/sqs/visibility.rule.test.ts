import { expect, test } from 'vitest'
import cases from './cases/sqs.visibility.json'
import { sqsVisibility } from './visibility.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(sqsVisibility.decide(input as never)).toMatchObject(wanted)
})
