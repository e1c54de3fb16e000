import { expect, test } from 'vitest'
import cases from './cases/codepipeline.modeValid.json'
import { codepipelineModeValid } from './modeValid.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codepipelineModeValid.decide(input as never)).toMatchObject(wanted)
})
