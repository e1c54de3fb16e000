import { expect, test } from 'vitest'
import cases from './cases/codebuild.phaseCommands.json'
import { codebuildPhaseCommands } from './phaseCommands.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codebuildPhaseCommands.decide(input as never)).toMatchObject(wanted)
})
