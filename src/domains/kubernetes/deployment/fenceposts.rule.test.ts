import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.fenceposts.json'
import { fenceposts } from './fenceposts.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(fenceposts.vector?.(input as never)).toMatchObject(wanted)
})
