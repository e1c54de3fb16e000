import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.proportionalScale.json'
import { proportionalScale } from './proportionalScale.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(proportionalScale.vector?.(input as never)).toMatchObject(wanted)
})

test('own words: a paused rollout of 10 grows to 20 in proportion', () => {
  const set = { available: 0, desiredAnnotation: 10, maxAnnotation: 10 }
  const sizes = proportionalScale.decide({
    replicas: 20,
    statusReplicas: 10,
    maxSurge: 0,
    maxUnavailable: 1,
    newSet: { ...set, name: 'new', replicas: 4, createdAt: 2 },
    oldSets: [{ ...set, name: 'old', replicas: 6, createdAt: 1 }],
  })
  expect(Object.fromEntries(sizes)).toEqual({ new: 8, old: 12 })
})
