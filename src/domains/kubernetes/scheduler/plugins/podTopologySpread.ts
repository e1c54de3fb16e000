import { noLabels } from '../objects.ts'
import { definePlugin, unresolvable, unschedulable } from '../plugin.ts'
import { normalizedSpread, type SoftSpread, softSpread, spreadScore } from '../softSpread.ts'
import { type SpreadConstraint, spreadConstraints } from '../spreadConstraint.ts'
import { domainCounts } from '../spreadCounts.ts'
import type { TopologyColumn } from '../topologyColumn.ts'

const refusal = unschedulable("node(s) didn't match pod topology spread constraints")
const unlabelled = unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")

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

function skew(spread: HardSpread, id: number): number {
  return Math.max(0, spread.counts[id] ?? 0) + spread.self - spread.minimum
}
