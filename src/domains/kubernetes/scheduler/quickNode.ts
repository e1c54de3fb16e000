import type { NodeInfo } from './nodeInfo.ts'
import { type Pod, podKey } from './objects.ts'
import { scoreWith } from './plugin.rule.ts'
import type { Cycle, Plugin } from './plugin.ts'
import { interPodAffinity } from './plugins/interPodAffinity.ts'
import { nodePorts } from './plugins/nodePorts.ts'
import { podTopologySpread } from './plugins/podTopologySpread.ts'
import { softTolerations } from './plugins/taintToleration.ts'
import { podTerms } from './podTerms.ts'
import { addSpreadScores, softSpread } from './softSpread.ts'
import { taintUnit, templateScores } from './templateScores.ts'

/**
 * The scheduler's choice by a shorter way to the same answer: what depends on the pod's template and one node only is remembered until
 * that node changes; filters that look at other pods are asked only where that lets the node pass. Undefined where the pod uses volumes,
 * names nodes or prefers some, or nothing fits: then the whole way must be gone.
 */
export function quickNode(
  cycle: Cycle,
  start: number,
  wanted: number,
  draw: (...key: (string | number)[]) => number,
): { readonly info: NodeInfo; readonly processed: number } | undefined {
  if (!isPlain(cycle.pod)) return undefined
  const steps = socialSteps(cycle)
  if (!steps) return undefined
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
  const totals = scratchTotals
  const { stamp } = snapshot
  const { stamp: known, packed, refresh } = scores
  const asksOthers = steps.length > 0
  let found = 0
  let processed = 0
  let at = start % count
  let largest = 0
  for (; processed < count && found < wanted; processed++) {
    const slot = order[at] as number
    at = at + 1 === count ? 0 : at + 1
    if (known[slot] !== stamp[slot]) refresh(slot)
    const value = packed[slot] as number
    if (value < 0) continue
    if (asksOthers && refusedByOthers(steps, cycle, snapshot.at(slot))) continue
    totals[found] = value
    slots[found++] = slot
    if (value > largest) largest = value
  }
  if (found === 0) return undefined
  if (found === 1) return { info: snapshot.at(slots[0] as number), processed }
  if (largest >= taintUnit) scoreTaints(totals, found, Math.trunc(largest / taintUnit))
  const spread = softSpread(cycle, slots, found)
  if (spread) addSpreadScores(spread, slots, found, scratchRaw, totals, 2)
  addAffinityScores(cycle, slots, found, totals)
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

function isPlain({ spec }: Pod): boolean {
  if (spec.nodeName) return false
  const own = spec.affinity?.nodeAffinity
  if (own?.preferredDuringSchedulingIgnoredDuringExecution?.length) return false
  const required = own?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (required?.some((term) => (term.matchFields?.length ?? 0) > 0)) return false
  return !spec.volumes?.some(
    (v) => v.persistentVolumeClaim ?? v.ephemeral ?? v.gcePersistentDisk ?? v.awsElasticBlockStore ?? v.iscsi ?? v.rbd,
  )
}

interface SocialStep {
  readonly plugin: Plugin
  readonly state: unknown
}

const social: readonly Plugin[] = [nodePorts, podTopologySpread, interPodAffinity]
const noSteps: readonly SocialStep[] = []

/** The filters about other pods that have something to check; undefined where one refuses the pod outright. */
function socialSteps(cycle: Cycle): readonly SocialStep[] | undefined {
  let steps = noSteps
  for (const plugin of social) {
    const before = plugin.preFilter?.(cycle)
    if (before?.kind === 'reject') return undefined
    if (before?.kind === 'run') steps = [...steps, { plugin, state: before.state }]
  }
  return steps
}

function refusedByOthers(steps: readonly SocialStep[], cycle: Cycle, info: NodeInfo): boolean {
  for (let i = 0; i < steps.length; i++) {
    const { plugin, state } = steps[i] as SocialStep
    if (plugin.filter?.(cycle, state, info)) return true
  }
  return false
}

/** Turns packed values into totals with TaintToleration's score, given the most soft taints of any node. */
function scoreTaints(totals: Float64Array, count: number, most: number): void {
  for (let i = 0; i < count; i++) {
    const value = totals[i] as number
    const taints = Math.trunc(value / taintUnit)
    totals[i] = (value % taintUnit) + 3 * (100 - Math.trunc((100 * taints) / most))
  }
}

function addAffinityScores(cycle: Cycle, slots: Int32Array, count: number, totals: Float64Array): void {
  if (cycle.snapshot.termGroups.scoring.size === 0 && !podTerms(cycle.pod.spec.affinity)) return
  const infos = Array.from(slots.subarray(0, count), (slot) => cycle.snapshot.at(slot))
  const lists = scoreWith(interPodAffinity, { cycle, infos })
  if (!lists) return
  for (let i = 0; i < count; i++) totals[i] = (totals[i] as number) + 2 * (lists.normalized[i] as number)
}
