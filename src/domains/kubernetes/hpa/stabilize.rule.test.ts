import { expect, test } from 'vitest'
import cases from './cases/k8s.hpa.stabilize.json'
import { stabilize } from './stabilize.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(stabilize.vector?.(input as never)).toMatchObject(wanted)
})
