import { newRSReplicas } from '../../domains/kubernetes/deployment/newRSReplicas.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the wanted number of pods is never exceeded, whatever maxSurge says. */
export const surgeIgnored = defineMisconception({
  id: 'surge-ignored',
  concept: 'k8s.rollout',
  rule: newRSReplicas,
  says: 'During an update there are never more pods than the Deployment wants.',
  instead: 'New pods may come on top of the wanted number, up to maxSurge.',
  decide: (input, real) => real({ ...input, maxSurge: 0 }),
})
