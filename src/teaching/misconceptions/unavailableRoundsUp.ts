import { reconcileOldRS } from '../../domains/kubernetes/deployment/reconcileOldRS.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a percentage of pods that may be missing is rounded as the one of pods that may come on top. */
export const unavailableRoundsUp = defineMisconception({
  id: 'unavailable-rounds-up',
  concept: 'k8s.rollout',
  rule: reconcileOldRS,
  says: 'A percentage for maxUnavailable is rounded up.',
  instead: 'maxUnavailable rounds down and maxSurge rounds up, so that neither costs a pod too many.',
  decide: (input, real) => {
    const { maxUnavailable, replicas } = input
    const percent = typeof maxUnavailable === 'string' ? Number.parseFloat(maxUnavailable) : Number.NaN
    return real(Number.isNaN(percent) ? input : { ...input, maxUnavailable: Math.ceil((percent * replicas) / 100) })
  },
})
