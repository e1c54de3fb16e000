import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.rolloutSteps.json'
import { rolloutSteps } from './rolloutSteps.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(rolloutSteps.vector?.(input as never)).toMatchObject(wanted)
})
