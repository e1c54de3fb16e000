import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that pods which must keep apart double up once the nodes have run out. */
export const antiAffinityIsAWish = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'anti-affinity-is-a-wish',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/InterPodAffinity',
  says: 'Once every node has one, pods that must keep apart share nodes after all.',
  instead: 'A required anti-affinity is never bent: a pod without a node to itself stays Pending.',
  decide: () => undefined,
})
