import { type Nominations, type PluginRejection, prepareFilters, rejectionWithNominated } from './filterRun.ts'
import { fitErrorMessage, preemptionNotHelpful } from './fitError.ts'
import type { NodeInfo, PodEntry } from './nodeInfo.ts'
import { type DisruptionBudget, namespaceOf, noLabels, type Pod, podKey, priorityOf } from './objects.ts'
import type { ResolvedProfile } from './plugin.rule.ts'
import type { Cycle } from './plugin.ts'
import { compileSelector } from './selector.ts'

/** A node made free by deleting victims, in order of importance. */
export interface Preemption {
  readonly node: string
  readonly victims: readonly Pod[]
  readonly violations: number
  /** Pods of lower priority that had been promised this node and lose the promise. */
  readonly clearedNominations: readonly Pod[]
}

/** What the search is about: the failed cycle, and the first refusal of every node that was looked at. */
interface PreemptionInput {
  readonly cycle: Cycle
  readonly profile: ResolvedProfile
  readonly refusals: ReadonlyMap<NodeInfo, PluginRejection>
  readonly nominations: Nominations
  readonly nominated: readonly Pod[]
  /** A number in [0, 1) for a key, the same for the same key. */
  readonly draw: (...key: (string | number)[]) => number
}

/**
 * Looks for a node where deleting pods of lower priority makes room, or says why there is none (without the `preemption: ` prefix).
 * The snapshot is changed while nodes are tried and always restored. Models: plugins/defaultpreemption and framework/preemption.
 */
export function preempt(input: PreemptionInput): { readonly found: Preemption } | { readonly message: string } {
  const { cycle, refusals, draw } = input
  const { pod, snapshot } = cycle
  const barred = notEligible(input)
  if (barred) return { message: barred }
  const nodes = snapshot.nodeCount
  const potential = [...refusals]
    .filter(([, { rejection }]) => rejection.code === 'Unschedulable')
    .map(([info]) => info)
  const budgets = cycle.objects.disruptionBudgets?.() ?? []
  const enough = Math.min(Math.max(Math.trunc(potential.length / 10), 100), potential.length)
  const offset = Math.floor(draw('preemption', podKey(pod)) * potential.length)
  const clean: Candidate[] = []
  const violating: Candidate[] = []
  const failed: (readonly string[])[] = []
  for (let i = 0; i < potential.length; i++) {
    const info = potential[(offset + i) % potential.length] as NodeInfo
    const outcome = tryNode(input, info, budgets)
    if (!('node' in outcome)) failed.push(outcome)
    else (outcome.violations === 0 ? clean : violating).push(outcome)
    if (clean.length > 0 && clean.length + violating.length >= enough) break
  }
  const best = chooseCandidate([...clean, ...violating])
  if (!best) {
    const untried = new Array<readonly string[]>(nodes - failed.length).fill([preemptionNotHelpful])
    return { message: fitErrorMessage({ nodes, reasons: [...failed, ...untried] }) }
  }
  const clearedNominations = input.nominated.filter(
    (other) => other.status?.nominatedNodeName === best.node && priorityOf(other) < priorityOf(pod),
  )
  return { found: { ...best, clearedNominations } }
}

interface Candidate {
  readonly node: string
  readonly victims: readonly Pod[]
  readonly violations: number
}

/** Why a pod may not preempt at all, or not yet. */
function notEligible({ cycle, refusals }: PreemptionInput): string | undefined {
  const { pod, snapshot } = cycle
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.'
  const promised = pod.status?.nominatedNodeName ? snapshot.node(pod.status.nominatedNodeName) : undefined
  if (!promised || refusals.get(promised)?.rejection.code === 'UnschedulableAndUnresolvable') return undefined
  for (const entry of promised.pods)
    if (priorityOf(entry.pod) < priorityOf(pod) && entry.terminating && preemptedByScheduler(entry.pod))
      return 'not eligible due to a terminating pod on the nominated node.'
  return undefined
}

function preemptedByScheduler(pod: Pod): boolean {
  const condition = pod.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')
  return condition?.status === 'True' && condition.reason === 'PreemptionByScheduler'
}

/** The victims on one node, or the reasons why preempting there would not help. Models: SelectVictimsOnNode. */
function tryNode(
  input: PreemptionInput,
  info: NodeInfo,
  budgets: readonly DisruptionBudget[],
): Candidate | readonly string[] {
  const { cycle, profile, nominations } = input
  const { pod, snapshot } = cycle
  if (!hasLower(info, priorityOf(pod))) return noVictims
  const lower = [...info.pods].filter((entry) => priorityOf(entry.pod) < priorityOf(pod)).sort(byImportance)
  const rejection = () =>
    rejectionWithNominated(profile, prepareFilters(profile, cycle), cycle, info, nominations)?.rejection
  for (const { pod: victim } of lower) snapshot.removePod(victim)
  const hopeless = rejection()
  if (hopeless) {
    for (const { pod: victim } of lower) snapshot.addPod(victim)
    return hopeless.reasons
  }
  const protectedOnes = violators(lower, budgets)
  const victims: PodEntry[] = []
  let violations = 0
  for (const entry of [...lower.filter((e) => protectedOnes.has(e)), ...lower.filter((e) => !protectedOnes.has(e))]) {
    snapshot.addPod(entry.pod)
    if (!rejection()) continue
    snapshot.removePod(entry.pod)
    victims.push(entry)
    if (protectedOnes.has(entry)) violations++
  }
  for (const { pod: victim } of victims) snapshot.addPod(victim)
  return { node: info.name, victims: victims.sort(byImportance).map((entry) => entry.pod), violations }
}

const noVictims: readonly string[] = ['No preemption victims found for incoming pod']

function hasLower(info: NodeInfo, priority: number): boolean {
  for (const other of info.priorities.keys()) if (other < priority) return true
  return false
}

/** Higher priority first, then longer running, then by name so that the order is settled. */
function byImportance(a: PodEntry, b: PodEntry): number {
  return (
    priorityOf(b.pod) - priorityOf(a.pod) ||
    compare(startOf(a.pod), startOf(b.pod)) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  )
}

/** A pod that has not started counts as starting now. */
function startOf(pod: Pod): number {
  const text = pod.status?.startTime
  return text ? Date.parse(text) : Number.POSITIVE_INFINITY
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The pods whose deletion would exceed a disruption budget, taken in order of importance. Models: filterPodsWithPDBViolation. */
function violators(entries: readonly PodEntry[], budgets: readonly DisruptionBudget[]): ReadonlySet<PodEntry> {
  const allowed = budgets.map((budget) => budget.status?.disruptionsAllowed ?? 0)
  const found = new Set<PodEntry>()
  for (const entry of entries) {
    const labels = entry.pod.metadata.labels ?? noLabels
    if (Object.keys(labels).length === 0) continue
    budgets.forEach((budget, i) => {
      const selector = compileSelector(budget.spec?.selector)
      if (namespaceOf(budget) !== entry.namespace || selector.empty || !selector.matches(labels)) return
      if (budget.status?.disruptedPods && entry.pod.metadata.name in budget.status.disruptedPods) return
      const left = (allowed[i] ?? 0) - 1
      allowed[i] = left
      if (left < 0) found.add(entry)
    })
  }
  return found
}

/** The least harm: each measure is asked only while several candidates share the best. Models: pickOneNodeForPreemption. */
function chooseCandidate<C extends Candidate>(candidates: readonly C[]): C | undefined {
  let left = candidates
  for (const measure of measures) {
    if (left.length < 2) break
    const best = Math.max(...left.map(measure))
    left = left.filter((candidate) => measure(candidate) === best)
  }
  return left[0]
}

const shift = 2 ** 31

/** Larger is better. */
const measures: readonly ((candidate: Candidate) => number)[] = [
  ({ violations }) => -violations,
  ({ victims }) => (victims[0] ? -priorityOf(victims[0]) : Number.POSITIVE_INFINITY),
  ({ victims }) => -victims.reduce((sum, victim) => sum + priorityOf(victim) + shift, 0),
  ({ victims }) => -victims.length,
  ({ victims }) => {
    const highest = Math.max(...victims.map(priorityOf))
    return Math.min(...victims.filter((victim) => priorityOf(victim) === highest).map(startOf))
  },
]
