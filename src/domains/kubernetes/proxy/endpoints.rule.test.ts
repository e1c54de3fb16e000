import { expect, test } from 'vitest'
import { endpointsRule } from './endpoints.rule.ts'

test('k8s.kubeproxy.endpoints', () => {
  const decide = (ready: number, servingTerminating: number, local = false) =>
    endpointsRule.decide({ ready, servingTerminating, local })
  expect(decide(2, 1)).toBe('ready')
  expect(decide(0, 1)).toBe('terminating')
  expect(decide(0, 0)).toBe('refuse')
  expect(decide(0, 0, true)).toBe('drop')
})
