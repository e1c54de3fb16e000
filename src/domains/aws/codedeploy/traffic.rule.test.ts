import { expect, test } from 'vitest'
import cases from './cases/codedeploy.traffic.json'
import { codedeployTraffic } from './traffic.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codedeployTraffic.decide(input as never)).toMatchObject(wanted)
})
