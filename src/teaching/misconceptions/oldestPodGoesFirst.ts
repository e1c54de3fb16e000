import { deletionOrder } from '../../domains/kubernetes/replicaset/deletionOrder.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the pods that have run longest are the first to go. */
export const oldestPodGoesFirst = defineMisconception({
  id: 'oldest-pod-goes-first',
  concept: 'k8s.replicas',
  rule: deletionOrder,
  says: 'When there are too many pods, the oldest goes first.',
  instead: 'Among pods that are equal otherwise, the one that became ready last goes first.',
  decide: ({ pods }) => [...pods].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
})
