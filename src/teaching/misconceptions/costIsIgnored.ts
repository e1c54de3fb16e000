import { deletionOrder } from '../../domains/kubernetes/replicaset/deletionOrder.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Has not heard that a pod may say how dear it is. */
export const costIsIgnored = defineMisconception({
  id: 'cost-is-ignored',
  concept: 'k8s.replicas',
  rule: deletionOrder,
  says: 'A pod has no say in whether it goes.',
  instead: 'Among ready pods the one with the lowest pod-deletion-cost goes first, before age is looked at.',
  decide: ({ pods, now }, real) => real({ pods: pods.map((pod) => ({ ...pod, deletionCost: 0 })), now }),
})
