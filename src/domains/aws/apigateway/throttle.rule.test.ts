import { expect, test } from 'vitest'
import cases from './cases/apigw.throttle.json'
import { apigwThrottle } from './throttle.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(apigwThrottle.decide(input as never)).toMatchObject(wanted)
})
