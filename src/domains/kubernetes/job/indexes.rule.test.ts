import { expect, test } from 'vitest'
import cases from './cases/k8s.job.status-indexes.json'
import { jobIndexes } from './indexes.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(jobIndexes.decide(input as never)).toEqual(wanted)
})
