import { evictionOrder } from '../../domains/kubernetes/node/evictionOrder.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a node short of memory gives up whoever uses the most. */
export const largestPodGoesFirst = defineMisconception({
  id: 'largest-pod-goes-first',
  concept: 'k8s.requests',
  rule: evictionOrder,
  says: 'When memory runs short, the pod that uses the most goes first.',
  instead:
    'What counts is how much a pod uses beyond its request; within it, it is spared for as long as others are not.',
  decide: ({ pods }) => [...pods].sort((a, b) => b.bytes - a.bytes).map(({ id }) => id),
})
