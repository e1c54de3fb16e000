import { expect, test } from 'vitest'
import cases from './cases/k8s.pod.qos.json'
import { podQos } from './qos.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(podQos.vector?.(input as never)).toMatchObject(wanted)
})
