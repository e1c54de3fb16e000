import { expect, test } from 'vitest'
import cases from './cases/k8s.pdb.disruptionsAllowed.json'
import { disruptionsAllowed } from './disruptionsAllowed.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(disruptionsAllowed.decide(input as never)).toMatchObject(wanted)
})
