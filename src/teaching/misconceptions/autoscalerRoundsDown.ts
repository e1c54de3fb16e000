import { desiredReplicas } from '../../domains/kubernetes/hpa/desired.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an autoscaler leaves away the part of a pod that is not quite needed. */
export const autoscalerRoundsDown = defineMisconception({
  id: 'autoscaler-rounds-down',
  concept: 'k8s.autoscaling',
  rule: desiredReplicas,
  says: 'The number of pods that an autoscaler works out is rounded down.',
  instead: 'It is rounded up: part of a pod needs a whole one.',
  decide: (input, real) => {
    const proposal = real(input)
    if ('error' in proposal || proposal.desiredReplicas <= input.currentReplicas) return proposal
    return { ...proposal, desiredReplicas: Math.max(input.currentReplicas, proposal.desiredReplicas - 1) }
  },
})
