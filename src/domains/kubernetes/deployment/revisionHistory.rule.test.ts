import { expect, test } from 'vitest'
import cases from './cases/k8s.deployment.revisionHistory.json'
import { revisionHistory } from './revisionHistory.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(revisionHistory.vector?.(input as never)).toMatchObject(wanted)
})
