import { expect, test } from 'vitest'
import cases from './cases/k8s.job.status-retryDelay.json'
import { jobRetryDelay } from './retryDelay.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(jobRetryDelay.decide(input as never)).toEqual(wanted)
})
