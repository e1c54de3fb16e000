import { expect, test } from 'vitest'
import cases from './cases/k8s.node.taintPatience.json'
import { taintPatience } from './taintPatience.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(taintPatience.vector?.(input as never)).toMatchObject(wanted)
})
