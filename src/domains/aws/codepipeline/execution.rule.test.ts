import { expect, test } from 'vitest'
import cases from './cases/codepipeline.execution.json'
import { codepipelineExecution } from './execution.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(codepipelineExecution.vector?.(input as never)).toMatchObject(wanted)
})
