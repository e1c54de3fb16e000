import { expect, test } from 'vitest'
import cases from './cases/sqs.redrive.json'
import { sqsRedrive } from './redrive.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(sqsRedrive.decide(input as never)).toMatchObject(wanted)
})
