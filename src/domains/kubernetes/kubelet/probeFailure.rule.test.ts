import { expect, test } from 'vitest'
import cases from './cases/k8s.kubelet.probeFailure.json'
import { probeFailure } from './probeFailure.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(probeFailure.vector?.(input as never)).toMatchObject(wanted)
})
