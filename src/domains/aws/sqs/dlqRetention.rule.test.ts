import { expect, test } from 'vitest'
import cases from './cases/sqs.dlqRetention.json'
import { sqsDlqRetention } from './dlqRetention.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(sqsDlqRetention.decide(input as never)).toMatchObject(wanted)
})
