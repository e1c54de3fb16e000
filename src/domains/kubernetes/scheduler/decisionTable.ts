import type { PluginRejection } from './filterRun.ts'
import type { NodeInfo } from './nodeInfo.ts'
import type { Rejection } from './plugin.ts'

/** How a decision came about, node by node: plain JSON, for the events that cite it and for "Why not here?". */
export interface DecisionTable {
  readonly nodes: number
  /** How many nodes were filtered before enough were feasible. */
  readonly processed: number
  readonly feasible: number
  /** Scoring plugins that ran, with their weights; rows' scores are in this order. Empty where nothing was scored. */
  readonly plugins: readonly { readonly name: string; readonly weight: number }[]
  /** All nodes that were looked at where the cluster has fewer than 100, else the winner, the best and some of the refused. */
  readonly rows: readonly DecisionRow[]
  /** Refusals counted by plugin and reasons, most frequent first. */
  readonly refusals: readonly (Rejection & { readonly plugin: string; readonly nodes: number })[]
}

/** One node: refused by a plugin, or scored. Weighted score = normalised score times the plugin's weight. */
export type DecisionRow =
  | {
      readonly node: string
      readonly refusedBy: string
      readonly code: Rejection['code']
      readonly reasons: readonly string[]
      /** What it lacks in few words, then what it has. */
      readonly lacks?: readonly string[]
    }
  | {
      readonly node: string
      readonly raw: readonly number[]
      readonly normalized: readonly number[]
      readonly total: number
      readonly winner?: true
    }

/** Scores of one plugin for all feasible nodes, in their order. */
export interface ScoredPlugin {
  readonly name: string
  readonly weight: number
  readonly raw: readonly number[]
  readonly normalized: readonly number[]
}

/** Writes the table of one cycle. */
export function decisionTable(run: {
  readonly nodes: number
  readonly processed: number
  readonly feasible: readonly NodeInfo[]
  readonly refusals: ReadonlyMap<NodeInfo, PluginRejection>
  readonly scored: readonly ScoredPlugin[]
  readonly totals: readonly number[]
  readonly winner: NodeInfo | undefined
  readonly lacks: (info: NodeInfo, plugin: string) => readonly string[]
}): DecisionTable {
  const limit = run.nodes < 100 ? run.nodes : 60
  const ranked = run.feasible
    .map((info, i): DecisionRow => {
      const row = {
        node: info.name,
        raw: run.scored.map(({ raw }) => raw[i] ?? 0),
        normalized: run.scored.map(({ normalized }) => normalized[i] ?? 0),
        total: run.totals[i] ?? 0,
      }
      return info === run.winner ? { ...row, winner: true } : row
    })
    .sort((a, b) => rank(b) - rank(a))
  const shown = ranked.slice(0, Math.max(limit - Math.min(run.refusals.size, Math.trunc(limit / 3)), 0))
  const refused = [...run.refusals]
    .slice(0, run.nodes < 100 ? undefined : limit - shown.length)
    .map(([info, { plugin, rejection }]): DecisionRow => {
      const lacks = run.lacks(info, plugin)
      return { node: info.name, refusedBy: plugin, ...rejection, ...(lacks.length > 0 ? { lacks } : {}) }
    })
  return {
    nodes: run.nodes,
    processed: run.processed,
    feasible: run.feasible.length,
    plugins: run.scored.map(({ name, weight }) => ({ name, weight })),
    rows: run.nodes < 100 ? [...ranked, ...refused] : [...shown, ...refused],
    refusals: countRefusals(run.refusals.values()),
  }
}

function rank(row: DecisionRow): number {
  return 'total' in row ? row.total + (row.winner ? 0.5 : 0) : -1
}

function countRefusals(refusals: Iterable<PluginRejection>): DecisionTable['refusals'] {
  const counts = new Map<string, Rejection & { plugin: string; nodes: number }>()
  for (const { plugin, rejection } of refusals) {
    const key = `${plugin} ${rejection.code} ${rejection.reasons.join(';')}`
    const known = counts.get(key)
    if (known) known.nodes++
    else counts.set(key, { plugin, ...rejection, nodes: 1 })
  }
  return [...counts.values()].sort((a, b) => b.nodes - a.nodes)
}
