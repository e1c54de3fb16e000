import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.conditions.json'
import { deploymentConditions } from './conditions.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(deploymentConditions.vector?.(input as never)).toMatchObject(wanted)
})
