import type { JsonObject } from '../../../kernel/json.ts'
import type { RuleSet } from '../../../kernel/rule.ts'
import type { ClusterObjects } from './clusterObjects.ts'
import { type DecisionTable, decisionTable, type ScoredPlugin } from './decisionTable.ts'
import {
  type FilterRun,
  type Nominations,
  nominationsAbove,
  type PluginRejection,
  prepareFilters,
  rejectionWithNominated,
} from './filterRun.ts'
import { fitErrorMessage, noNodesAvailable } from './fitError.ts'
import type { NodeInfo } from './nodeInfo.ts'
import { type Pod, podKey } from './objects.ts'
import { type ResolvedProfile, resolveProfile } from './plugin.rule.ts'
import { type Cycle, unresolvable } from './plugin.ts'
import { schedulingGated } from './plugins/schedulingGates.ts'
import { type Preemption, preempt } from './preemption.ts'
import { quickNode } from './quickNode.ts'
import { feasibleNodesToFind } from './sampling.ts'
import type { Snapshot } from './snapshot.ts'

/** One scheduling cycle's input. */
export interface ScheduleInput {
  readonly pod: Pod
  readonly snapshot: Snapshot
  /** Where the walk over the nodes starts: the last cycle's result, 0 at first. */
  readonly nextStartNodeIndex: number
  /** A number in [0, 1) for a key, the same for the same key: settles ties and where preemption starts. */
  readonly draw: (...key: (string | number)[]) => number
  readonly rules?: RuleSet
  readonly objects?: ClusterObjects
  /** Plugin arguments as in KubeSchedulerConfiguration, by plugin name. */
  readonly args?: Readonly<Record<string, JsonObject | undefined>>
  readonly percentageOfNodesToScore?: number
  /** Pods that have been promised a node (status.nominatedNodeName) and are not bound yet. */
  readonly nominated?: readonly Pod[]
  /** Without a table, simple pods in large clusters are placed many times faster. */
  readonly keepTable?: boolean
}

/** What a cycle decided. */
export type ScheduleResult =
  | {
      readonly verdict: 'scheduled'
      readonly node: string
      readonly nextStartNodeIndex: number
      readonly table?: DecisionTable
    }
  | {
      readonly verdict: 'unschedulable'
      /** The FailedScheduling event's and the PodScheduled condition's exact text. */
      readonly message: string
      /** Plugins that refused some node: what decides which cluster events are worth another try. */
      readonly rejectedBy: readonly string[]
      readonly nextStartNodeIndex: number
      /** Set where victims are to be deleted and the pod is to wait for their node. */
      readonly preemption?: Preemption
      /** A promise that the pod had is to be withdrawn: no node can be made free for it. */
      readonly clearNominatedNode: boolean
      readonly table?: DecisionTable
    }
  | {
      readonly verdict: 'gated'
      readonly message: string
      readonly gates: readonly string[]
      readonly nextStartNodeIndex: number
    }

/**
 * Decides where a pod goes: filter, score, and if nothing fits, preemption. Binding is the caller's.
 * Models: pkg/scheduler/schedule_one.go schedulePod and handleSchedulingFailure. Unlike Kubernetes, ties and the order of the walk
 * follow from the seed, and one placement is decided at a time, so exactly as many feasible nodes as wanted are looked for.
 */
export function schedulePod(input: ScheduleInput): ScheduleResult {
  const { pod, snapshot, nextStartNodeIndex } = input
  const gated = schedulingGated(pod)
  if (gated) return { verdict: 'gated', message: gated.condition.message, gates: gated.gates, nextStartNodeIndex }
  const profile = resolveProfile(input.rules)
  const cycle: Cycle = { pod, snapshot, objects: input.objects ?? noObjects, args: input.args ?? noArgs }
  const nodes = snapshot.nodeCount
  if (nodes === 0)
    return {
      verdict: 'unschedulable',
      message: noNodesAvailable,
      rejectedBy: [],
      nextStartNodeIndex,
      clearNominatedNode: true,
    }
  const nominations = nominationsAbove(pod, input.nominated ?? [])
  if (!input.keepTable && profile.plain && nominations.size === 0 && !pod.status?.nominatedNodeName && !input.args) {
    const wanted = feasibleNodesToFind(nodes, input.percentageOfNodesToScore)
    const quick = quickNode(cycle, nextStartNodeIndex, wanted, input.draw)
    if (quick)
      return {
        verdict: 'scheduled',
        node: quick.info.name,
        nextStartNodeIndex: (nextStartNodeIndex + quick.processed) % nodes,
      }
  }
  const run = prepareFilters(profile, cycle)
  const search = findFeasible(input, profile, cycle, run, nominations)
  const next = (nextStartNodeIndex + search.processed) % nodes
  if (search.feasible.length === 0) return failure(input, profile, cycle, run, search, nominations, next)
  const { winner, scored, totals } = choose(search.feasible, profile, cycle, input.draw)
  const scheduled = { verdict: 'scheduled', node: winner.name, nextStartNodeIndex: next } as const
  if (!input.keepTable) return scheduled
  return {
    ...scheduled,
    table: decisionTable({ nodes, ...search, scored, totals, winner, lacks: lacking(profile, cycle, run) }),
  }
}

const noObjects: ClusterObjects = {}
const noArgs: Cycle['args'] = {}

interface Search {
  readonly feasible: readonly NodeInfo[]
  readonly refusals: ReadonlyMap<NodeInfo, PluginRejection>
  readonly processed: number
}

/** Models: findNodesThatFitPod: the promised node alone if it still fits, else a walk from the rotating start. */
function findFeasible(
  input: ScheduleInput,
  profile: ResolvedProfile,
  cycle: Cycle,
  run: FilterRun,
  nominations: Nominations,
): Search {
  const { snapshot, pod } = input
  if (run.refused) return { feasible: [], refusals: new Map(), processed: 0 }
  const promised = pod.status?.nominatedNodeName ? snapshot.node(pod.status.nominatedNodeName) : undefined
  if (promised && (!run.only || run.only.has(promised.name))) {
    if (!rejectionWithNominated(profile, run, cycle, promised, nominations))
      return { feasible: [promised], refusals: new Map(), processed: 0 }
  }
  const order = run.only
    ? snapshot.nodeOrder().filter((slot) => run.only?.has(snapshot.at(slot).name))
    : snapshot.nodeOrder()
  const wanted = feasibleNodesToFind(order.length, input.percentageOfNodesToScore)
  const feasible: NodeInfo[] = []
  const refusals = new Map<NodeInfo, PluginRejection>()
  for (let i = 0; i < order.length && feasible.length < wanted; i++) {
    const info = snapshot.at(order[(input.nextStartNodeIndex + i) % order.length] as number)
    const refusal = rejectionWithNominated(profile, run, cycle, info, nominations)
    if (refusal) refusals.set(info, refusal)
    else feasible.push(info)
  }
  return { feasible, refusals, processed: feasible.length + refusals.size }
}

/** Scores the feasible nodes and takes the best; a single one is taken unscored. Models: prioritizeNodes, selectHost. */
function choose(
  feasible: readonly NodeInfo[],
  profile: ResolvedProfile,
  cycle: Cycle,
  draw: ScheduleInput['draw'],
): { readonly winner: NodeInfo; readonly scored: readonly ScoredPlugin[]; readonly totals: readonly number[] } {
  const first = feasible[0] as NodeInfo
  if (feasible.length === 1) return { winner: first, scored: [], totals: [] }
  const scored: ScoredPlugin[] = []
  const totals = new Array<number>(feasible.length).fill(0)
  for (const { plugin, score } of profile.plugins) {
    const lists = score?.({ cycle, infos: feasible })
    if (!lists) continue
    const weight = plugin.weight ?? 1
    scored.push({ name: plugin.name, weight, ...lists })
    for (let i = 0; i < totals.length; i++) totals[i] = (totals[i] as number) + weight * (lists.normalized[i] as number)
  }
  const best = Math.max(...totals)
  const tied = feasible.filter((_, i) => totals[i] === best)
  return { winner: pickTied(tied, cycle.pod, draw), scored, totals }
}

function pickTied(tied: readonly NodeInfo[], pod: Pod, draw: ScheduleInput['draw']): NodeInfo {
  const index = tied.length === 1 ? 0 : Math.floor(draw('tie', podKey(pod)) * tied.length)
  return tied[index] as NodeInfo
}

/** Nothing fits: tries preemption and words the failure. */
function failure(
  input: ScheduleInput,
  profile: ResolvedProfile,
  cycle: Cycle,
  run: FilterRun,
  search: Search,
  nominations: Nominations,
  nextStartNodeIndex: number,
): ScheduleResult {
  const { snapshot } = input
  const nodes = snapshot.nodeCount
  const refusals = new Map(search.refusals)
  const left: PluginRejection | undefined = run.refused ?? outsiders(run)
  if (left)
    for (const slot of snapshot.nodeOrder()) {
      const info = snapshot.at(slot)
      if (!refusals.has(info)) refusals.set(info, left)
    }
  const outcome = preempt({ cycle, profile, refusals, nominations, nominated: input.nominated ?? [], draw: input.draw })
  const message = fitErrorMessage({
    nodes,
    reasons: [...refusals.values()].map(({ rejection }) => rejection.reasons),
    ...(run.refused ? { preFilterMessage: run.refused.rejection.reasons.join(', ') } : {}),
    ...('found' in outcome ? {} : { postFilterMessage: `no new claims to deallocate, preemption: ${outcome.message}` }),
  })
  const table = input.keepTable
    ? decisionTable({
        nodes,
        ...search,
        refusals,
        scored: [],
        totals: [],
        winner: undefined,
        lacks: lacking(profile, cycle, run),
      })
    : undefined
  return {
    verdict: 'unschedulable',
    message,
    rejectedBy: [...new Set([...[...refusals.values()].map(({ plugin }) => plugin), ...run.narrowedBy])],
    nextStartNodeIndex,
    clearNominatedNode: !('found' in outcome) && !outcome.message.startsWith('not eligible'),
    ...('found' in outcome ? { preemption: outcome.found } : {}),
    ...(table ? { table } : {}),
  }
}

/** What a node lacks by the word of the plugin that refused it. */
function lacking(profile: ResolvedProfile, cycle: Cycle, run: FilterRun) {
  return (info: NodeInfo, name: string): readonly string[] => {
    const step = run.steps.find(({ plugin }) => plugin === name)
    const entry = step && profile.plugins.find(({ plugin, filterReplaced }) => plugin.name === name && !filterReplaced)
    return entry?.plugin.lacks?.(cycle, step?.state, info) ?? []
  }
}

/** What is said of nodes that PreFilter ruled out by naming others. */
function outsiders(run: FilterRun): PluginRejection | undefined {
  const [plugin] = run.narrowedBy
  if (!run.only || !plugin) return undefined
  const names = [...run.narrowedBy].sort().join(' ')
  return { plugin, rejection: unresolvable(`node(s) didn't satisfy plugin(s) [${names}]`) }
}
