import { expect, test } from 'vitest'
import cases from './cases/beanstalk.deploy.json'
import { beanstalkDeploy } from './deploy.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(beanstalkDeploy.decide(input as never)).toMatchObject(wanted)
})
