import { expect, test } from 'vitest'
import cases from './cases/k8s.cronjob.sync.json'
import { cronSync } from './sync.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(cronSync.vector?.(input as never)).toMatchObject(wanted)
})
