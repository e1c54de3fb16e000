import { disruptionsAllowed } from '../../domains/kubernetes/disruption/disruptionsAllowed.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the share of pods that must stay is rounded down. */
export const budgetRoundsDown = defineMisconception({
  id: 'budget-rounds-down',
  concept: 'k8s.disruption',
  rule: disruptionsAllowed,
  says: 'A percentage in a disruption budget is rounded down.',
  instead: 'Both percentages of a budget are rounded up.',
  decide: (input, real) => {
    const down = <T>(bound: T) =>
      typeof bound === 'string' && bound.endsWith('%')
        ? Math.floor((Number.parseFloat(bound) * input.expectedPods) / 100)
        : bound
    return real({
      ...input,
      minAvailable: down(input.minAvailable ?? null),
      maxUnavailable: down(input.maxUnavailable ?? null),
    })
  },
})
