import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.reconcileOldRS.json'
import { reconcileOldRS } from './reconcileOldRS.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(reconcileOldRS.vector?.(input as never)).toMatchObject(wanted)
})
