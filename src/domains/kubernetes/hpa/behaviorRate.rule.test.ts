import { expect, test } from 'vitest'
import { behaviorRate } from './behaviorRate.rule.ts'
import cases from './cases/k8s.hpa.behaviorRate.json'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(behaviorRate.decide(input as never)).toMatchObject(wanted)
})
