import { expect, test } from 'vitest'
import cases from './cases/cloudformation.order.json'
import { cloudformationOrder } from './order.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(cloudformationOrder.decide(input as never)).toMatchObject(wanted)
})
