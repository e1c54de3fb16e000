import { expect, test } from 'vitest'
import cases from './cases/sqs.redriveValid.json'
import { sqsRedriveValid } from './redriveValid.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(sqsRedriveValid.decide(input as never)).toMatchObject(wanted)
})
