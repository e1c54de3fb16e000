import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a pod which would break maxSkew is placed all the same. */
export const spreadIsAWish = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'spread-is-a-wish',
  concept: 'sched.spread',
  rule: 'k8s.scheduler.filter/PodTopologySpread',
  says: 'Where spreading is not possible, pods are placed wherever there is room.',
  instead: 'With DoNotSchedule a pod that would make the difference larger than maxSkew stays Pending.',
  decide: () => undefined,
})
