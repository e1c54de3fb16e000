import type { Json, JsonObject } from '../../../kernel/json.ts'
import type { ClusterObjects } from './clusterObjects.ts'
import type { NodeInfo } from './nodeInfo.ts'
import type { Pod } from './objects.ts'
import type { Snapshot } from './snapshot.ts'

/** Why a node is refused. `Unschedulable`: preemption may help; `UnschedulableAndUnresolvable`: it cannot. */
export interface Rejection {
  readonly code: 'Unschedulable' | 'UnschedulableAndUnresolvable'
  readonly reasons: readonly string[]
}

/** What one scheduling cycle is about. `args` are plugin arguments as in KubeSchedulerConfiguration, by plugin name. */
export interface Cycle {
  readonly pod: Pod
  readonly snapshot: Snapshot
  readonly objects: ClusterObjects
  readonly args: Readonly<Record<string, JsonObject | undefined>>
}

/** PreFilter's answer: nothing to check, a rejection for every node, or state for the filter and perhaps the only nodes to look at. */
type PreFilterResult<S> =
  | { readonly kind: 'skip' }
  | { readonly kind: 'reject'; readonly rejection: Rejection }
  | { readonly kind: 'run'; readonly state: S; readonly nodeNames?: ReadonlySet<string> }

/** One plugin of kube-scheduler. A filter without `preFilter` always runs with state undefined, a score without `preScore` likewise. */
export interface Plugin<F = unknown, S = unknown> {
  readonly name: string
  /** The real plugin's source, below pkg/scheduler/framework/plugins of kubernetes/kubernetes. */
  readonly source: string
  /** What the filter wants of a node, in one sentence. */
  readonly filterSays?: string
  /** What the score prefers, in one sentence. */
  readonly scoreSays?: string
  /** Weight of the score in the default profile. */
  readonly weight?: number
  preFilter?(cycle: Cycle): PreFilterResult<F>
  filter?(cycle: Cycle, state: F, info: NodeInfo): Rejection | undefined
  /** The numbers that lead to the filter's verdict on a node, for "Why not here?". */
  explain?(cycle: Cycle, state: F, info: NodeInfo): Json
  /** What a refused node lacks in two or three words, then what it has: `100m short`, `300m free`. For tables with little room. */
  lacks?(cycle: Cycle, state: F, info: NodeInfo): readonly string[]
  /** Undefined means Skip: the plugin adds nothing to any node. Boxed, so that a state may be anything. */
  preScore?(cycle: Cycle, feasible: readonly NodeInfo[]): { readonly state: S } | undefined
  score?(cycle: Cycle, state: S, info: NodeInfo): number
  /** Brings raw scores to 0..100 in place; absent where raw scores already are. */
  normalize?(cycle: Cycle, state: S, infos: readonly NodeInfo[], scores: number[]): void
}

/** Declares a plugin; its states are its own business, so the profile holds it without their types. */
export function definePlugin<F, S>(plugin: Plugin<F, S>): Plugin {
  return plugin as Plugin
}

/** A refusal that preemption cannot cure. */
export function unresolvable(...reasons: string[]): Rejection {
  return { code: 'UnschedulableAndUnresolvable', reasons }
}

/** A refusal that preemption may cure. */
export function unschedulable(...reasons: string[]): Rejection {
  return { code: 'Unschedulable', reasons }
}

/** Scales raw scores to 0..100 by the largest, or the other way round. Models: plugins/helper/normalize_score.go. */
export function normalizeByLargest(scores: number[], reverse: boolean): void {
  let largest = 0
  for (const score of scores) if (score > largest) largest = score
  for (let i = 0; i < scores.length; i++) {
    const scaled = largest === 0 ? 0 : Math.trunc((100 * (scores[i] as number)) / largest)
    scores[i] = reverse ? 100 - scaled : scaled
  }
}
