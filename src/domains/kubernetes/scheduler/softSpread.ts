import type { MatchCounter } from './matchCounter.ts'
import type { Cycle } from './plugin.ts'
import { spreadConstraints, systemDefaulted } from './spreadConstraint.ts'
import { counterOf, domainCounts } from './spreadCounts.ts'
import type { TopologyColumn } from './topologyColumn.ts'

const hostname = 'kubernetes.io/hostname'

/** ScheduleAnyway constraints, ready to score any feasible node by its slot. */
export interface SoftSpread {
  readonly parts: readonly SoftPart[]
  /** Slots of feasible nodes that lack a topology key where all are required: they score 0. */
  readonly ignored: ReadonlySet<number>
}

interface SoftPart {
  readonly column: TopologyColumn
  readonly weight: number
  readonly maxSkew: number
  /** The counter itself where the key is the host name, else counts by domain. */
  readonly perNode: MatchCounter | undefined
  readonly counts: readonly number[]
}

/** What PreScore works out for the first `count` of the feasible nodes' slots. Undefined means Skip. */
export function softSpread(cycle: Cycle, slots: ArrayLike<number>, count: number): SoftSpread | undefined {
  const { pod, snapshot } = cycle
  const constraints = spreadConstraints(cycle, 'ScheduleAnyway')
  if (constraints.length === 0) return undefined
  const requireAll = (pod.spec.topologySpreadConstraints?.length ?? 0) > 0 || !systemDefaulted(cycle)
  const columns = constraints.map(({ key }) => snapshot.column(key))
  const ignored = new Set<number>()
  if (requireAll && columns.some(({ missing }) => missing > 0))
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      if (columns.some((column) => (column.domainOf[slot] as number) < 0)) ignored.add(slot)
    }
  const parts = constraints.map((constraint, i): SoftPart => {
    const column = columns[i] as TopologyColumn
    const isHost = constraint.key === hostname
    return {
      column,
      weight: Math.log((isHost ? count - ignored.size : distinctDomains(column, slots, count, ignored)) + 2),
      maxSkew: constraint.maxSkew,
      perNode: isHost ? counterOf(cycle, constraint) : undefined,
      counts: isHost ? [] : domainCounts(cycle, constraints, constraint, requireAll).counts,
    }
  })
  return { parts, ignored }
}

/** How many domains the nodes lie in; nodes without the label, where they are allowed, make one more. */
function distinctDomains(
  column: TopologyColumn,
  slots: ArrayLike<number>,
  count: number,
  ignored: ReadonlySet<number>,
): number {
  const seen = new Uint8Array(column.values.length + 1)
  let size = 0
  for (let i = 0; i < count && size < seen.length; i++) {
    const slot = slots[i] as number
    if (ignored.size > 0 && ignored.has(slot)) continue
    const id = (column.domainOf[slot] as number) + 1
    if (seen[id] === 1) continue
    seen[id] = 1
    size++
  }
  return size
}

/** A node's raw score: matching pods in its domains, weighted. Lower is better. */
export function spreadScore(state: SoftSpread, slot: number): number {
  const { parts } = state
  let score = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as SoftPart
    const id = part.column.domainOf[slot] as number
    if (id < 0) continue
    const count = part.perNode ? (part.perNode.perSlot[slot] ?? 0) : Math.max(0, part.counts[id] ?? 0)
    score += count * part.weight + (part.maxSkew - 1)
  }
  return Math.round(score)
}

/** Adds twice-weighted, normalised spread scores of many nodes at once to `totals`; `raw` is scratch space of the same length. */
export function addSpreadScores(
  state: SoftSpread,
  slots: Int32Array,
  count: number,
  raw: Float64Array,
  totals: Float64Array,
  weight: number,
): void {
  raw.fill(0, 0, count)
  for (const { column, perNode, counts, weight: own, maxSkew } of state.parts) {
    const { domainOf } = column
    const perSlot = perNode?.perSlot
    const allowance = maxSkew - 1
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      const id = domainOf[slot] as number
      if (id < 0) continue
      const matching = perSlot ? (slot < perSlot.length ? (perSlot[slot] as number) : 0) : (counts[id] as number)
      raw[i] = (raw[i] as number) + (matching > 0 ? matching * own : 0) + allowance
    }
  }
  const { ignored } = state
  const someIgnored = ignored.size > 0
  let least = Number.MAX_SAFE_INTEGER
  let most = 0
  for (let i = 0; i < count; i++) {
    const rounded = Math.round(raw[i] as number)
    raw[i] = rounded
    if (someIgnored && ignored.has(slots[i] as number)) continue
    if (rounded < least) least = rounded
    if (rounded > most) most = rounded
  }
  for (let i = 0; i < count; i++)
    if (!(someIgnored && ignored.has(slots[i] as number)))
      totals[i] = (totals[i] as number) + weight * normalizedSpread(raw[i] as number, least, most)
}

/** A raw score brought to 0..100, given the least and the most. */
export function normalizedSpread(raw: number, least: number, most: number): number {
  return most === 0 ? 100 : Math.trunc((100 * (most + least - raw)) / most)
}
