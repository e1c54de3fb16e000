import { defineRule, type Rule, type RuleSet } from '../../../kernel/rule.ts'
import type { NodeInfo } from './nodeInfo.ts'
import type { Cycle, Plugin, Rejection } from './plugin.ts'
import { defaultProfile } from './profile.ts'

/** What a filter rule judges: one node. `state` is PreFilter's, undefined where PreFilter skipped. */
export interface FilterInput {
  readonly cycle: Cycle
  readonly state: unknown
  readonly info: NodeInfo
}

/** What a score rule judges: all feasible nodes together. */
export interface ScoreInput {
  readonly cycle: Cycle
  readonly infos: readonly NodeInfo[]
}

/** Raw and normalised scores, one for each node of the input; undefined where the plugin skips this pod. */
export interface ScoreLists {
  readonly raw: readonly number[]
  readonly normalized: readonly number[]
}

/** Scores nodes with one plugin: PreScore, Score, NormalizeScore. */
export function scoreWith(plugin: Plugin, { cycle, infos }: ScoreInput): ScoreLists | undefined {
  const prepared = plugin.preScore ? plugin.preScore(cycle, infos) : { state: undefined }
  if (!prepared || !plugin.score) return undefined
  const { state } = prepared
  const raw = infos.map((info) => plugin.score?.(cycle, state, info) ?? 0)
  if (!plugin.normalize) return { raw, normalized: raw }
  const normalized = [...raw]
  plugin.normalize(cycle, state, infos, normalized)
  return { raw, normalized }
}

type FilterRule = Rule<FilterInput, Rejection | undefined>
type ScoreRule = Rule<ScoreInput, ScoreLists | undefined>

/**
 * One rule for the filter of each plugin, so that a simulation can replace just that: `k8s.scheduler.filter/NodeResourcesFit`...
 * Models: pkg/scheduler/framework/plugins of kubernetes/kubernetes v1.35.
 */
export const filterRules: ReadonlyMap<string, FilterRule> = new Map(
  defaultProfile
    .filter((plugin) => plugin.filter)
    .map((plugin) => [
      plugin.name,
      defineRule<FilterInput, Rejection | undefined>({
        id: `k8s.scheduler.filter/${plugin.name}`,
        says: plugin.filterSays ?? plugin.name,
        source: sourceOf(plugin),
        decide: ({ cycle, state, info }) => plugin.filter?.(cycle, state, info),
      }),
    ]),
)

/**
 * One rule for the score of each plugin: `k8s.scheduler.score/ImageLocality`...
 * Models: pkg/scheduler/framework/plugins of kubernetes/kubernetes v1.35.
 */
export const scoreRules: ReadonlyMap<string, ScoreRule> = new Map(
  defaultProfile
    .filter((plugin) => plugin.score)
    .map((plugin) => [
      plugin.name,
      defineRule<ScoreInput, ScoreLists | undefined>({
        id: `k8s.scheduler.score/${plugin.name}`,
        says: plugin.scoreSays ?? plugin.name,
        source: sourceOf(plugin),
        decide: (input) => scoreWith(plugin, input),
      }),
    ]),
)

function sourceOf(plugin: Plugin): string {
  return `kubernetes/kubernetes v1.35 pkg/scheduler/framework/plugins/${plugin.source}`
}

/** A plugin as one simulation has it: its filter and score may have been replaced. */
interface ResolvedPlugin {
  readonly plugin: Plugin
  /** Replaced filters run even where PreFilter skips or rejects: whoever replaces a filter replaces all of it. */
  readonly filterReplaced: boolean
  readonly filter: ((cycle: Cycle, state: unknown, info: NodeInfo) => Rejection | undefined) | undefined
  readonly score: ((input: ScoreInput) => ScoreLists | undefined) | undefined
}

/** The default profile under a rule set; `plain` says that nothing in it is replaced, so shortcuts are sound. */
export interface ResolvedProfile {
  readonly plain: boolean
  readonly plugins: readonly ResolvedPlugin[]
}

/** Resolves a rule set's replacements once; later calls with the same set cost a look-up. */
export function resolveProfile(rules: RuleSet | undefined): ResolvedProfile {
  if (!rules) return plainProfile
  const known = resolved.get(rules)
  if (known) return known
  const replaced = new Set(rules.replaced)
  const plugins = defaultProfile.map((plugin) => resolve(plugin, rules, replaced))
  const touched = [...replaced].some((id) => id.startsWith('k8s.scheduler.'))
  const fresh = touched ? { plain: false, plugins } : plainProfile
  resolved.set(rules, fresh)
  return fresh
}

const resolved = new WeakMap<RuleSet, ResolvedProfile>()

function resolve(plugin: Plugin, rules: RuleSet | undefined, replaced: ReadonlySet<string>): ResolvedPlugin {
  const filterRule = filterRules.get(plugin.name)
  const scoreRule = scoreRules.get(plugin.name)
  const filterReplaced = filterRule !== undefined && replaced.has(filterRule.id)
  const ownFilter = plugin.filter?.bind(plugin)
  return {
    plugin,
    filterReplaced,
    filter:
      filterReplaced && rules ? (cycle, state, info) => rules.decide(filterRule, { cycle, state, info }) : ownFilter,
    score: scoreRule && (rules ? (input) => rules.decide(scoreRule, input) : scoreRule.decide),
  }
}

const plainProfile: ResolvedProfile = {
  plain: true,
  plugins: defaultProfile.map((plugin) => resolve(plugin, undefined, new Set())),
}
