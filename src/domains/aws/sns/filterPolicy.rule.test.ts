import { expect, test } from 'vitest'
import cases from './cases/sns.filterPolicy.json'
import { snsFilterPolicy } from './filterPolicy.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(snsFilterPolicy.decide(input as never)).toMatchObject(wanted)
})
