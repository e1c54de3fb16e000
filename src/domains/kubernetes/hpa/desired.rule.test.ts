import { expect, test } from 'vitest'
import cases from './cases/k8s.hpa.desired.json'
import { desiredReplicas } from './desired.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(desiredReplicas.vector?.(input as never)).toMatchObject(wanted)
})
