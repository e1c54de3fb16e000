import type { Json } from '../../../kernel/json.ts'
import type { RuleSet } from '../../../kernel/rule.ts'
import type { ClusterObjects } from './clusterObjects.ts'
import type { Pod } from './objects.ts'
import { resolveProfile } from './plugin.rule.ts'
import type { Cycle, Rejection } from './plugin.ts'
import type { Snapshot } from './snapshot.ts'

/** One filter plugin's word on one node. */
export interface PluginWord {
  readonly plugin: string
  /** The rule that gave it. */
  readonly rule: string
  /** `skipped`: the plugin has nothing to check for this pod. */
  readonly verdict: 'passes' | 'refuses' | 'skipped'
  readonly code?: Rejection['code']
  readonly reasons?: readonly string[]
  /** The numbers or names that led to it, of the plugin's own shape (asked, free, shortfall; taints; skew...). */
  readonly because?: Json
}

/** What every filter says about one node for one pod. */
export interface NodeExplanation {
  readonly node: string
  readonly feasible: boolean
  readonly words: readonly PluginWord[]
}

/**
 * Asks every filter plugin about one node without stopping at the first that refuses: "Why not here?", and what a fix must cure.
 * A pod that already occupies a node is left out while asking. Undefined where there is no such node.
 */
export function explainNode(
  pod: Pod,
  nodeName: string,
  snapshot: Snapshot,
  options: { readonly rules?: RuleSet; readonly objects?: ClusterObjects; readonly args?: Cycle['args'] } = {},
): NodeExplanation | undefined {
  const info = snapshot.node(nodeName)
  if (!info) return undefined
  const own = snapshot.pod(pod)
  if (own) snapshot.removePod(own.pod)
  const { nodeName: _, ...spec } = pod.spec
  const cycle: Cycle = {
    pod: own ? { ...pod, spec } : pod,
    snapshot,
    objects: options.objects ?? {},
    args: options.args ?? {},
  }
  const words: PluginWord[] = []
  for (const { plugin, filter, filterReplaced } of resolveProfile(options.rules).plugins) {
    if (!filter) continue
    const head = { plugin: plugin.name, rule: `k8s.scheduler.filter/${plugin.name}` }
    const before = plugin.preFilter?.(cycle)
    const state = before?.kind === 'run' ? before.state : undefined
    if (before?.kind === 'skip' && !filterReplaced) words.push({ ...head, verdict: 'skipped' })
    else if (before?.kind === 'reject' && !filterReplaced)
      words.push({ ...head, verdict: 'refuses', ...before.rejection })
    else {
      const rejection = filter(cycle, state, info)
      const because =
        plugin.explain && before?.kind !== 'skip' && before?.kind !== 'reject'
          ? { because: plugin.explain(cycle, state, info) }
          : {}
      words.push(
        rejection
          ? { ...head, verdict: 'refuses', ...rejection, ...because }
          : { ...head, verdict: 'passes', ...because },
      )
    }
  }
  if (own) snapshot.addPod(own.pod)
  return { node: nodeName, feasible: words.every(({ verdict }) => verdict !== 'refuses'), words }
}
