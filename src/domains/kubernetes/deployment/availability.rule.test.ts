import { expect, test } from 'vitest'
import { availability } from './availability.rule.ts'
import cases from './cases/k8s.deployment.availability.json'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(availability.decide(input as never)).toMatchObject(wanted)
})
