import { expect, test } from 'vitest'
import cases from './cases/ecr.lifecycle.json'
import { lifecyclePolicy } from './lifecyclePolicy.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(lifecyclePolicy.decide(input as never)).toMatchObject(wanted)
})
