import { disruptionsAllowed } from '../../domains/kubernetes/disruption/disruptionsAllowed.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Forgets that pods which are ill already use up what a budget spares. */
export const budgetIgnoresIll = defineMisconception({
  id: 'budget-ignores-ill',
  concept: 'k8s.disruption',
  rule: disruptionsAllowed,
  says: 'A budget spares the same number of pods, however many are ill.',
  instead: 'Only healthy pods beyond those needed may be evicted: one that is ill has used up its place.',
  decide: (input, real) => real({ ...input, currentHealthy: input.expectedPods }),
})
