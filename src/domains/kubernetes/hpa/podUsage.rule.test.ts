import { expect, test } from 'vitest'
import cases from './cases/k8s.hpa.desired-podUsage.json'
import { podUsage } from './podUsage.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(podUsage.decide(input as never)).toMatchObject(wanted)
})
