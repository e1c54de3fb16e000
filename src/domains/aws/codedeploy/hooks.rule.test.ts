import { expect, test } from 'vitest'
import cases from './cases/codedeploy.hooks.json'
import { codedeployHooks } from './hooks.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codedeployHooks.decide(input as never)).toMatchObject(wanted)
})
