import { expect, test } from 'vitest'
import cases from './cases/k8s.kubectl.podStatus.json'
import { podStatus } from './podStatus.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(podStatus.vector?.(input as never)).toMatchObject(wanted)
})
