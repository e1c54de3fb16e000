import { expect, test } from 'vitest'
import cases from './cases/route53.weighted.json'
import { weighted } from './weighted.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(weighted.vector?.(input as never)).toMatchObject(wanted)
})
