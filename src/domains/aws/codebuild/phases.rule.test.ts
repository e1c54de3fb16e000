import { expect, test } from 'vitest'
import cases from './cases/codebuild.phases.json'
import { codebuildPhases } from './phases.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codebuildPhases.decide(input as never)).toMatchObject(wanted)
})
