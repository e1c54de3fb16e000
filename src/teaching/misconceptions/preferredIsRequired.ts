import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { compileNodeTerm } from '../../domains/kubernetes/scheduler/selector.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a pod runs nowhere but on the nodes that it prefers. */
export const preferredIsRequired = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'preferred-is-required',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/NodeAffinity',
  says: 'A preferred node affinity keeps a pod off all other nodes.',
  instead: 'What is preferred only adds to a score; where no such node has room, another will do.',
  decide: (input, real) => {
    const { cycle, info } = input
    const wishes = cycle.pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    const { node } = info
    if (wishes.length === 0) return real(input)
    return node && wishes.some(({ preference }) => compileNodeTerm(preference)(node))
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ["node(s) didn't match Pod's node affinity/selector"] }
  },
})
