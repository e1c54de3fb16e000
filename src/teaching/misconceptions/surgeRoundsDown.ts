import { newRSReplicas } from '../../domains/kubernetes/deployment/newRSReplicas.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a percentage of pods that may come on top is rounded down. */
export const surgeRoundsDown = defineMisconception({
  id: 'surge-rounds-down',
  concept: 'k8s.rollout',
  rule: newRSReplicas,
  says: 'A percentage for maxSurge is rounded down.',
  instead: 'maxSurge rounds up and maxUnavailable rounds down.',
  decide: (input, real) => {
    const { maxSurge, replicas } = input
    const percent = typeof maxSurge === 'string' ? Number.parseFloat(maxSurge) : Number.NaN
    return real(Number.isNaN(percent) ? input : { ...input, maxSurge: Math.floor((percent * replicas) / 100) })
  },
})
