import { expect, test } from 'vitest'
import cases from './cases/k8s.hpa.limitsNoBehavior.json'
import { limitsNoBehavior } from './limitsNoBehavior.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(limitsNoBehavior.decide(input as never)).toMatchObject(wanted)
})
