import type { Taint, Toleration } from '../objects.ts'
import { definePlugin, normalizeByLargest, unresolvable } from '../plugin.ts'
import { tolerates, untoleratedTaint } from '../toleration.ts'

const refusal = unresolvable('node(s) had untolerated taint(s)')

/** Keeps pods off tainted nodes that they do not tolerate, and prefers nodes with fewer soft taints. */
export const taintToleration = definePlugin<undefined, readonly Toleration[]>({
  name: 'TaintToleration',
  source: 'tainttoleration/taint_toleration.go',
  weight: 3,
  filterSays: 'Every NoSchedule and NoExecute taint of the node must be tolerated by the pod.',
  scoreSays: 'The fewer PreferNoSchedule taints the pod does not tolerate, the better the node.',
  filter({ pod }, _state, info) {
    return untoleratedTaint(info.node?.spec?.taints, pod.spec.tolerations) ? refusal : undefined
  },
  explain({ pod }, _state, info) {
    const hard = (info.node?.spec?.taints ?? []).filter((t) => t.effect === 'NoSchedule' || t.effect === 'NoExecute')
    return {
      untolerated: hard
        .filter((taint) => !pod.spec.tolerations?.some((toleration) => tolerates(toleration, taint)))
        .map(({ key, value, effect }) => ({ key, value: value ?? '', effect })),
    }
  },
  lacks({ pod }, _state, info) {
    const taint = untoleratedTaint(info.node?.spec?.taints, pod.spec.tolerations)
    return taint ? [taint.value ? `${taint.key}=${taint.value}` : taint.key] : []
  },
  preScore({ pod }) {
    return { state: softTolerations(pod.spec.tolerations) }
  },
  score(_cycle, soft, info) {
    return untoleratedSoftTaints(info.node?.spec?.taints, soft)
  },
  normalize(_cycle, _state, _infos, scores) {
    normalizeByLargest(scores, true)
  },
})

/** The tolerations that can cover a PreferNoSchedule taint. */
export function softTolerations(tolerations: readonly Toleration[] | undefined): readonly Toleration[] {
  return (tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule')
}

/** How many PreferNoSchedule taints none of the tolerations covers. */
export function untoleratedSoftTaints(taints: readonly Taint[] | undefined, soft: readonly Toleration[]): number {
  if (!taints) return 0
  let count = 0
  for (const taint of taints)
    if (taint.effect === 'PreferNoSchedule' && !soft.some((toleration) => tolerates(toleration, taint))) count++
  return count
}
