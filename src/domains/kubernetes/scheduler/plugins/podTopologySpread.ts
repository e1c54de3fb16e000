import type { MatchCounter } from '../matchCounter.ts'
import { spreadScope } from '../matchScope.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import { namespaceOf, noLabels } from '../objects.ts'
import { type Cycle, definePlugin, unresolvable, unschedulable } from '../plugin.ts'
import { requiredNodeTest } from '../selector.ts'
import { type SpreadConstraint, spreadConstraints, systemDefaulted } from '../spreadConstraint.ts'
import { untoleratedTaint } from '../toleration.ts'
import type { TopologyColumn } from '../topologyColumn.ts'

const refusal = unschedulable("node(s) didn't match pod topology spread constraints")
const unlabelled = unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")
const hostname = 'kubernetes.io/hostname'

/** Keeps the pods that a constraint selects evenly spread over the domains of a topology. */
export const podTopologySpread = definePlugin<readonly HardSpread[], SoftSpread>({
  name: 'PodTopologySpread',
  source: 'podtopologyspread/{common,filtering,scoring}.go',
  weight: 2,
  filterSays: 'With the pod placed, no domain may hold more than maxSkew matching pods above the emptiest domain.',
  scoreSays: 'The fewer matching pods the domains of a node hold, the better the node.',
  preFilter(cycle) {
    const constraints = spreadConstraints(cycle, 'DoNotSchedule')
    if (constraints.length === 0) return { kind: 'skip' }
    const labels = cycle.pod.metadata.labels ?? noLabels
    const state = constraints.map((constraint) => {
      const { column, counts } = domainCounts(cycle, constraints, constraint, true)
      let minimum = Number.MAX_SAFE_INTEGER
      let domains = 0
      for (const count of counts) {
        if (count < 0) continue
        domains++
        if (count < minimum) minimum = count
      }
      if (domains < constraint.minDomains) minimum = 0
      return { constraint, column, counts, minimum, self: constraint.selector.matches(labels) ? 1 : 0 }
    })
    return { kind: 'run', state }
  },
  filter(_cycle, state, info) {
    for (const spread of state) {
      const id = spread.column.domainOf[info.slot] ?? -1
      if (id < 0) return unlabelled
      if (skew(spread, id) > spread.constraint.maxSkew) return refusal
    }
    return undefined
  },
  explain(_cycle, state, info) {
    return {
      constraints: state.map((spread) => {
        const id = spread.column.domainOf[info.slot] ?? -1
        const { key, maxSkew } = spread.constraint
        return {
          topologyKey: key,
          domain: spread.column.values[id] ?? null,
          matching: Math.max(0, spread.counts[id] ?? 0),
          self: spread.self,
          minimum: spread.minimum,
          skew: id < 0 ? null : skew(spread, id),
          maxSkew,
        }
      }),
    }
  },
  preScore(cycle, feasible) {
    const state = softSpread(
      cycle,
      feasible.map(({ slot }) => slot),
      feasible.length,
    )
    return state && { state }
  },
  score(_cycle, state, info) {
    return state.ignored.has(info.slot) ? 0 : spreadScore(state, info.slot)
  },
  normalize(_cycle, state, infos, scores) {
    let least = Number.MAX_SAFE_INTEGER
    let most = 0
    infos.forEach((info, i) => {
      if (state.ignored.has(info.slot)) return
      least = Math.min(least, scores[i] as number)
      most = Math.max(most, scores[i] as number)
    })
    infos.forEach((info, i) => {
      scores[i] = state.ignored.has(info.slot) ? 0 : normalizedSpread(scores[i] as number, least, most)
    })
  },
})

/** One DoNotSchedule constraint with the counts it is judged by; counts of -1 mark domains that do not take part. */
interface HardSpread {
  readonly constraint: SpreadConstraint
  readonly column: TopologyColumn
  readonly counts: readonly number[]
  readonly minimum: number
  readonly self: number
}

/** ScheduleAnyway constraints, ready to score any feasible node by its slot. */
interface SoftSpread {
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

function skew(spread: HardSpread, id: number): number {
  return Math.max(0, spread.counts[id] ?? 0) + spread.self - spread.minimum
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
function spreadScore(state: SoftSpread, slot: number): number {
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
function normalizedSpread(raw: number, least: number, most: number): number {
  return most === 0 ? 100 : Math.trunc((100 * (most + least - raw)) / most)
}

function counterOf({ pod, snapshot }: Cycle, constraint: SpreadConstraint): MatchCounter {
  return snapshot.counter(spreadScope(constraint.selector, namespaceOf(pod)))
}

/**
 * Matching pods by domain, over nodes that pass the constraint's inclusion policies and, where `requireAll`, have all topology keys.
 * Domains without such a node get -1. Where every node takes part, the snapshot's running counts are used as they are.
 */
function domainCounts(
  cycle: Cycle,
  constraints: readonly SpreadConstraint[],
  constraint: SpreadConstraint,
  requireAll: boolean,
): { readonly column: TopologyColumn; readonly counts: readonly number[] } {
  const { pod, snapshot } = cycle
  const column = snapshot.column(constraint.key)
  const counter = counterOf(cycle, constraint)
  const test = constraint.honorAffinity ? requiredNodeTest(pod.spec) : undefined
  const keyed = requireAll ? constraints.map(({ key }) => snapshot.column(key)).filter((c) => c.missing > 0) : []
  if (!test && !constraint.honorTaints && keyed.length === 0) return { column, counts: counter.byDomain(column) }
  const counts = new Array<number>(column.values.length).fill(-1)
  const takesPart = (info: NodeInfo) =>
    keyed.every((c) => (c.domainOf[info.slot] as number) >= 0) &&
    (!test || (info.node !== undefined && test(info.node))) &&
    !(constraint.honorTaints && untoleratedTaint(info.node?.spec?.taints, pod.spec.tolerations))
  for (const slot of snapshot.nodeOrder()) {
    const id = column.domainOf[slot] as number
    if (id < 0 || !takesPart(snapshot.at(slot))) continue
    counts[id] = Math.max(0, counts[id] as number) + counter.at(slot)
  }
  return { column, counts }
}
