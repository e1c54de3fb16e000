import { expect, test } from 'vitest'
import cases from './cases/beanstalk.health.json'
import { beanstalkHealth } from './health.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(beanstalkHealth.decide(input as never)).toMatchObject(wanted)
})
