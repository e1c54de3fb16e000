import type { NodeInfo } from './nodeInfo.ts'
import { type Pod, podKey } from './objects.ts'
import type { Cycle } from './plugin.ts'
import { interPodAffinity } from './plugins/interPodAffinity.ts'
import { softTolerations } from './plugins/taintToleration.ts'
import { podShape } from './podShape.ts'
import { addSpreadScores, softSpread } from './softSpread.ts'
import { spreadConstraints } from './spreadConstraint.ts'
import { templateScores } from './templateScores.ts'

/**
 * The scheduler's choice by a shorter way to the same answer, for pods that ask nothing of ports, volumes or other pods: what depends
 * on the pod's template and one node only is remembered until that node changes. Undefined where the pod asks for more, or nothing fits.
 */
export function quickNode(
  cycle: Cycle,
  start: number,
  wanted: number,
  draw: (...key: (string | number)[]) => number,
): { readonly info: NodeInfo; readonly processed: number } | undefined {
  if (!isSimple(cycle)) return undefined
  const { pod, snapshot } = cycle
  const scores = templateScores(cycle, softTolerations(pod.spec.tolerations))
  const order = snapshot.nodeOrder()
  const count = order.length
  if (scratchSlots.length < count) {
    scratchSlots = new Int32Array(count)
    scratchRaw = new Float64Array(count)
    scratchTotals = new Float64Array(count)
  }
  const slots = scratchSlots
  const { stamp } = snapshot
  const { stamp: known, total: totalOf, softTaints, refresh } = scores
  let found = 0
  let processed = 0
  let at = start % count
  let mostTaints = 0
  for (; processed < count && found < wanted; processed++) {
    const slot = order[at] as number
    at = at + 1 === count ? 0 : at + 1
    if (known[slot] !== stamp[slot]) refresh(slot)
    if ((totalOf[slot] as number) < 0) continue
    slots[found++] = slot
    const taints = softTaints[slot] as number
    if (taints > mostTaints) mostTaints = taints
  }
  if (found === 0) return undefined
  if (found === 1) return { info: snapshot.at(slots[0] as number), processed }
  const totals = scratchTotals
  for (let i = 0; i < found; i++) totals[i] = totalOf[slots[i] as number] as number
  if (mostTaints > 0)
    for (let i = 0; i < found; i++) {
      const share = Math.trunc((100 * (softTaints[slots[i] as number] as number)) / mostTaints)
      totals[i] = (totals[i] as number) + 3 * (100 - share)
    }
  const spread = softSpread(cycle, slots, found)
  if (spread) addSpreadScores(spread, slots, found, scratchRaw, totals, 2)
  let best = -1
  let ties = 0
  for (let i = 0; i < found; i++) {
    const total = totals[i] as number
    if (total < best) continue
    if (total > best) {
      best = total
      ties = 0
    }
    slots[ties++] = slots[i] as number
  }
  const pick = ties === 1 ? 0 : Math.floor(draw('tie', podKey(pod)) * ties)
  return { info: snapshot.at(slots[pick] as number), processed }
}

/** Room to work in, reused from call to call; nothing in it outlives one. */
let scratchSlots = new Int32Array(0)
let scratchRaw = new Float64Array(0)
let scratchTotals = new Float64Array(0)

function isSimple(cycle: Cycle): boolean {
  const { pod } = cycle
  const { spec } = pod
  if (spec.nodeName || hasVolumes(pod) || podShape(spec).ports.length > 0) return false
  const own = spec.affinity?.nodeAffinity
  if (own?.preferredDuringSchedulingIgnoredDuringExecution?.length) return false
  const required = own?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (required?.some((term) => (term.matchFields?.length ?? 0) > 0)) return false
  if (spreadConstraints(cycle, 'DoNotSchedule').length > 0) return false
  if (interPodAffinity.preFilter?.(cycle).kind !== 'skip') return false
  return interPodAffinity.preScore?.(cycle, []) === undefined
}

function hasVolumes({ spec }: Pod): boolean {
  return (
    spec.volumes?.some(
      (v) =>
        v.persistentVolumeClaim ?? v.ephemeral ?? v.gcePersistentDisk ?? v.awsElasticBlockStore ?? v.iscsi ?? v.rbd,
    ) ?? false
  )
}
