import { expect, test } from 'vitest'
import cases from './cases/k8s.statefulset.order.json'
import { statefulOrder } from './order.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(statefulOrder.vector?.(input as never)).toMatchObject(wanted)
})
