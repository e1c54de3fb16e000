import { taintPatience } from '../../domains/kubernetes/node/taintPatience.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a taint is about new pods only, whatever its effect. */
export const noExecuteSparesRunning = defineMisconception({
  id: 'no-execute-spares-running',
  concept: 'k8s.taints',
  rule: taintPatience,
  says: 'A taint never touches pods that run already.',
  instead: 'NoSchedule spares them; NoExecute takes away those that do not tolerate it.',
  decide: () => Number.POSITIVE_INFINITY,
})
