import type { NodeInfo } from './nodeInfo.ts'
import { type Pod, podKey, priorityOf } from './objects.ts'
import type { ResolvedProfile } from './plugin.rule.ts'
import type { Cycle, Rejection } from './plugin.ts'

/** A refusal with the plugin that spoke it. */
export interface PluginRejection {
  readonly plugin: string
  readonly rejection: Rejection
}

/** PreFilter done: the filters that have something to check, or a refusal of every node. */
export interface FilterRun {
  readonly refused: PluginRejection | undefined
  /** The only nodes to look at, and the plugins that said so. */
  readonly only: ReadonlySet<string> | undefined
  readonly narrowedBy: readonly string[]
  readonly steps: readonly FilterStep[]
}

interface FilterStep {
  readonly plugin: string
  readonly state: unknown
  readonly filter: (cycle: Cycle, state: unknown, info: NodeInfo) => Rejection | undefined
}

/** Runs PreFilter of every plugin. Models: pkg/scheduler/framework/runtime RunPreFilterPlugins. */
export function prepareFilters(profile: ResolvedProfile, cycle: Cycle): FilterRun {
  const steps: FilterStep[] = []
  const narrowedBy: string[] = []
  let only: ReadonlySet<string> | undefined
  for (const { plugin, filter, filterReplaced } of profile.plugins) {
    if (!filter) continue
    const before = plugin.preFilter?.(cycle)
    if (filterReplaced) {
      steps.push({ plugin: plugin.name, state: before?.kind === 'run' ? before.state : undefined, filter })
      continue
    }
    if (before?.kind === 'skip') continue
    if (before?.kind === 'reject')
      return { refused: { plugin: plugin.name, rejection: before.rejection }, only, narrowedBy, steps }
    const names = before?.nodeNames
    if (names) {
      narrowedBy.push(plugin.name)
      const earlier = only
      only = earlier ? new Set([...names].filter((name) => earlier.has(name))) : names
    }
    steps.push({ plugin: plugin.name, state: before?.state, filter })
  }
  return { refused: undefined, only, narrowedBy, steps }
}

/** The first plugin that refuses a node. */
function firstRejection(run: FilterRun, cycle: Cycle, info: NodeInfo): PluginRejection | undefined {
  if (run.refused) return run.refused
  for (const step of run.steps) {
    const rejection = step.filter(cycle, step.state, info)
    if (rejection) return { plugin: step.plugin, rejection }
  }
  return undefined
}

/** Pods that preemption has promised a node, by node name. */
export type Nominations = ReadonlyMap<string, readonly Pod[]>

/** The nominated pods that a pod has to make room for: of equal or higher priority, other than itself. */
export function nominationsAbove(pod: Pod, nominated: readonly Pod[]): Nominations {
  const byNode = new Map<string, Pod[]>()
  for (const other of nominated) {
    const node = other.status?.nominatedNodeName
    if (!node || other.spec.nodeName || podKey(other) === podKey(pod) || priorityOf(other) < priorityOf(pod)) continue
    const same = byNode.get(node)
    if (same) same.push(other)
    else byNode.set(node, [other])
  }
  return byNode
}

/**
 * The first refusal of a node, counting pods nominated to it as if they ran there, and again as if they did not.
 * The snapshot is changed for the first pass and restored. Models: RunFilterPluginsWithNominatedPods.
 */
export function rejectionWithNominated(
  profile: ResolvedProfile,
  run: FilterRun,
  cycle: Cycle,
  info: NodeInfo,
  nominations: Nominations,
): PluginRejection | undefined {
  const expected = nominations.get(info.name)
  if (!expected) return firstRejection(run, cycle, info)
  const placed = expected.map((pod) => ({ ...pod, spec: { ...pod.spec, nodeName: info.name } }))
  for (const pod of placed) cycle.snapshot.addPod(pod)
  const crowded = firstRejection(prepareFilters(profile, cycle), cycle, info)
  for (const pod of placed) cycle.snapshot.removePod(pod)
  return crowded ?? firstRejection(prepareFilters(profile, cycle), cycle, info)
}
