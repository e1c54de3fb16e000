import { defineRule } from '../../../kernel/rule.ts'
import type { Taint, Toleration } from '../scheduler/objects.ts'
import { tolerates } from '../scheduler/toleration.ts'

/**
 * Until when (ms) a pod may stay on a node with NoExecute taints; infinity where it may for ever.
 * Models: pkg/controller/tainteviction/taint_eviction.go getMinTolerationTime, processPodOnNode
 */
export const taintPatience = defineRule({
  id: 'k8s.node.taintPatience',
  says: 'A NoExecute taint takes away at once the pods that do not tolerate it, and the others when their tolerationSeconds have passed since the taint.',
  source: 'pkg/controller/tainteviction/taint_eviction.go',
  decide: patienceWith,
  vector: (input: Patience) => {
    const until = patienceWith(input)
    return { until: until === Number.POSITIVE_INFINITY ? null : until }
  },
})

/** NoExecute taints with the time since when they are there (ms), and the pod's tolerations. */
export interface Patience {
  readonly taints: readonly (Taint & { readonly since: number })[]
  readonly tolerations: readonly (Toleration & { readonly tolerationSeconds?: number })[]
}

function patienceWith({ taints, tolerations }: Patience): number {
  let until = Number.POSITIVE_INFINITY
  for (const taint of taints) {
    const matching = tolerations.filter((toleration) => tolerates(toleration, taint))
    if (matching.length === 0) until = 0
    for (const { tolerationSeconds } of matching)
      if (tolerationSeconds !== undefined) until = Math.min(until, taint.since + Math.max(0, tolerationSeconds) * 1000)
  }
  return until
}
