import { expect, test } from 'vitest'
import cases from './cases/codedeploy.ec2Outcome.json'
import { codedeployEc2Outcome } from './ec2Outcome.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codedeployEc2Outcome.decide(input as never)).toMatchObject(wanted)
})
