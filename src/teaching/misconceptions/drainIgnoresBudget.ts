import { disruptionsAllowed } from '../../domains/kubernetes/disruption/disruptionsAllowed.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that draining a node takes its pods away whatever a budget says. */
export const drainIgnoresBudget = defineMisconception({
  id: 'drain-ignores-budget',
  concept: 'k8s.disruption',
  rule: disruptionsAllowed,
  says: 'A drain takes all pods off a node, whatever a budget says.',
  instead: 'A drain asks for each eviction, and waits as long as the budget refuses.',
  decide: (input, real) => ({ ...real(input), disruptionsAllowed: input.expectedPods }),
})
