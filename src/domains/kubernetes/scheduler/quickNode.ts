import type { NodeInfo } from './nodeInfo.ts'
import { type Pod, podKey } from './objects.ts'
import type { Cycle } from './plugin.ts'
import { interPodAffinity } from './plugins/interPodAffinity.ts'
import { normalizedSpread, softSpread, spreadScore } from './plugins/podTopologySpread.ts'
import { softTolerations } from './plugins/taintToleration.ts'
import { podShape } from './podShape.ts'
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
  const { stamp } = snapshot
  const count = order.length
  if (feasibleSlots.length < count) {
    feasibleSlots = new Int32Array(count)
    rawSpread = new Float64Array(count)
  }
  let found = 0
  let processed = 0
  let at = start % count
  let mostTaints = 0
  for (; processed < count && found < wanted; processed++) {
    const slot = order[at] as number
    at = at + 1 === count ? 0 : at + 1
    if (scores.stamp[slot] !== stamp[slot]) scores.refresh(slot)
    if ((scores.total[slot] as number) < 0) continue
    feasibleSlots[found++] = slot
    const taints = scores.softTaints[slot] as number
    if (taints > mostTaints) mostTaints = taints
  }
  if (found === 0) return undefined
  if (found === 1) return { info: snapshot.at(feasibleSlots[0] as number), processed }
  const slots = feasibleSlots
  const spread = softSpread(cycle, (visit) => {
    for (let i = 0; i < found; i++) visit(slots[i] as number)
  })
  let least = Number.MAX_SAFE_INTEGER
  let most = 0
  if (spread)
    for (let i = 0; i < found; i++) {
      const slot = slots[i] as number
      if (spread.ignored.has(slot)) continue
      const raw = spreadScore(spread, slot)
      rawSpread[i] = raw
      if (raw < least) least = raw
      if (raw > most) most = raw
    }
  let best = -1
  let ties = 0
  for (let i = 0; i < found; i++) {
    const slot = slots[i] as number
    let total = scores.total[slot] as number
    if (mostTaints > 0) total += 3 * (100 - Math.trunc((100 * (scores.softTaints[slot] as number)) / mostTaints))
    if (spread && !spread.ignored.has(slot)) total += 2 * normalizedSpread(rawSpread[i] as number, least, most)
    if (total > best) {
      best = total
      ties = 0
    }
    if (total === best) slots[ties++] = slot
  }
  const pick = ties === 1 ? 0 : Math.floor(draw('tie', podKey(pod)) * ties)
  return { info: snapshot.at(slots[pick] as number), processed }
}

let feasibleSlots = new Int32Array(0)
let rawSpread = new Float64Array(0)

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
