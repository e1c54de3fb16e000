import { expect, test } from 'vitest'
import cases from './cases/codedeploy.minimumHealthy.json'
import { codedeployMinimumHealthy } from './minimumHealthy.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codedeployMinimumHealthy.decide(input as never)).toMatchObject(wanted)
})
