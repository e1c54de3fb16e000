import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { compileNodeTerm } from '../../domains/kubernetes/scheduler/selector.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a node must match every term of a required node affinity. */
export const termsAreAnded = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'terms-are-anded',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/NodeAffinity',
  says: 'A node must match all nodeSelectorTerms.',
  instead: 'One term is enough; within a term, every expression must hold.',
  decide: (input, real) => {
    const { cycle, info } = input
    const terms = cycle.pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    const { node } = info
    if (!terms || !node) return real(input)
    return (terms.nodeSelectorTerms ?? []).every((term) => compileNodeTerm(term)(node))
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ["node(s) didn't match Pod's node affinity/selector"] }
  },
})
