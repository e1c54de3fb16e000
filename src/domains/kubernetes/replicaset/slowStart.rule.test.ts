import { expect, test } from 'vitest'
import cases from './cases/k8s.replicaset.slowStart.json'
import { slowStart } from './slowStart.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(slowStart.decide(input as never)).toMatchObject(wanted)
})
