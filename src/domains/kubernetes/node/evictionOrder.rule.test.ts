import { expect, test } from 'vitest'
import cases from './cases/k8s.kubelet.evictionOrder.json'
import { evictionOrder } from './evictionOrder.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(evictionOrder.vector?.(input as never)).toMatchObject(wanted)
})
