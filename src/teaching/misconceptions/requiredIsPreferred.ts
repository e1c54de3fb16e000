import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a node affinity or a node selector is a wish, and that the pod goes elsewhere rather than wait. */
export const requiredIsPreferred = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'required-is-preferred',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/NodeAffinity',
  says: 'Where no node with the label has room, the pod goes to another one.',
  instead: 'What is required excludes every other node: the pod waits until one that matches has room.',
  decide: () => undefined,
})
