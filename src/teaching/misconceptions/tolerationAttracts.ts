import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { tolerates } from '../../domains/kubernetes/scheduler/toleration.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a toleration sends a pod to the nodes whose taint it tolerates. */
export const tolerationAttracts = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'toleration-attracts',
  concept: 'k8s.taints',
  rule: 'k8s.scheduler.filter/TaintToleration',
  says: 'A pod with a toleration goes to a node with that taint.',
  instead: 'A toleration only opens a tainted node; it does not ask for one.',
  decide: (input, real) => {
    const { tolerations = [] } = input.cycle.pod.spec
    // Tolerations that every pod is given are about lost nodes, and nobody means those.
    const own = tolerations.filter(({ key }) => !key?.startsWith('node.kubernetes.io/'))
    if (own.length === 0) return real(input)
    const taints = input.info.node?.spec?.taints ?? []
    return taints.some((taint) => own.some((one) => tolerates(one, taint)))
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ['node(s) had no taint that the pod tolerates'] }
  },
})
