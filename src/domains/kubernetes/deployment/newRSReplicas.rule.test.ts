import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.newRSReplicas.json'
import { newRSReplicas } from './newRSReplicas.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(newRSReplicas.vector?.(input as never)).toMatchObject(wanted)
})

test('own words: the surge bounds growth, and neither input nor verdict is shared', () => {
  const input = { strategy: 'RollingUpdate', replicas: 4, maxSurge: '25%', totalReplicas: 4, newReplicas: 0 }
  expect(newRSReplicas.decide(Object.freeze(input))).toEqual({ replicas: 1, scaled: true })
  expect(newRSReplicas.decide({ ...input, strategy: 'Recreate', totalReplicas: 0 })).toEqual({
    replicas: 4,
    scaled: true,
  })
})
