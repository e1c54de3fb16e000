import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a taint is only a label that pods may look for. */
export const taintsIgnored = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'taints-ignored',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/TaintToleration',
  says: 'A taint keeps away only pods that are told to avoid it.',
  instead: 'A taint keeps every pod away that does not tolerate it.',
  decide: () => undefined,
})
