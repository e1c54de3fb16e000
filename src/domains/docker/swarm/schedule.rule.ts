import { defineRule } from '../../../kernel/index.ts'
import { type Constraint, meets, type NodeFacts, spreadValue } from './constraint.ts'

/** A node as the scheduler sees it. */
export interface Candidate extends NodeFacts {
  readonly ready: boolean
  /** `active`, `pause` or `drain`. */
  readonly availability: string
  /** What reservations leave: thousandths of a core, and bytes. */
  readonly freeMilli: number
  readonly freeBytes: number
  /** Ports that tasks publish on the machine itself: `80/tcp`. */
  readonly hostPorts: readonly string[]
  /** Tasks of the same service, and all tasks. */
  readonly ofService: number
  readonly tasks: number
  /** Failures of the service there in the last five minutes. */
  readonly failures: number
}

export interface Wanted {
  readonly cpuMilli: number
  readonly memory: number
  readonly constraints: readonly Constraint[]
  readonly preferences: readonly string[]
  readonly maxReplicas: number
  readonly hostPorts: readonly string[]
  /** `linux/arm64` of an image for one platform alone. */
  readonly platform?: string | undefined
  /** Set for a global service's task: its node is given, and is only looked at. */
  readonly only?: string | undefined
}

export interface Placed {
  readonly node?: string | undefined
  /** `no suitable node (...)`. */
  readonly error?: string | undefined
  /** By node: what ruled it out, or its place in the ranking. */
  readonly table: readonly { readonly node: string; readonly verdict: string }[]
}

/** From this many recent failures on they count more than anything else. */
const MANY_FAILURES = 5

interface Filter {
  readonly passes: (node: Candidate, wanted: Wanted) => boolean
  readonly says: (nodes: number) => string
}

const on = (nodes: number): string => `on ${nodes} node${nodes === 1 ? '' : 's'}`

const FILTERS: readonly Filter[] = [
  {
    passes: (node) => node.ready && node.availability === 'active',
    says: (nodes) => `${nodes} node${nodes === 1 ? '' : 's'} not available for new tasks`,
  },
  {
    passes: (node, { cpuMilli, memory }) => node.freeMilli >= cpuMilli && node.freeBytes >= memory,
    says: (nodes) => `insufficient resources ${on(nodes)}`,
  },
  {
    passes: (node, { constraints }) => meets(constraints, node),
    says: (nodes) => `scheduling constraints not satisfied ${on(nodes)}`,
  },
  {
    passes: (node, { platform }) =>
      platform === undefined || platform === `${node.os}/${node.arch === 'x86_64' ? 'amd64' : node.arch}`,
    says: (nodes) => `unsupported platform ${on(nodes)}`,
  },
  {
    passes: (node, { hostPorts }) => !hostPorts.some((port) => node.hostPorts.includes(port)),
    says: (nodes) => `host-mode port already in use ${on(nodes)}`,
  },
  {
    passes: (node, { maxReplicas }) => maxReplicas === 0 || node.ofService < maxReplicas,
    says: () => 'max replicas per node limit exceed',
  },
]

/** Models: swarmkit manager/scheduler: filter.go, pipeline.go, scheduler.go scheduleNTasksOnSubtree, decision_tree.go */
export const scheduleRule = defineRule<{ readonly wanted: Wanted; readonly nodes: readonly Candidate[] }, Placed>({
  id: 'docker.swarm.schedule',
  says: 'Of the nodes that pass all filters, the branch with the fewest tasks of the service is taken, and in it the node with the fewest.',
  source: 'swarmkit manager/scheduler',
  decide({ wanted, nodes }) {
    const failed = FILTERS.map(() => 0)
    const table: { node: string; verdict: string }[] = []
    const fitting = nodes.filter((node) => {
      if (wanted.only !== undefined && node.id !== wanted.only) return false
      const at = FILTERS.findIndex((filter) => !filter.passes(node, wanted))
      if (at < 0) return true
      failed[at] = (failed[at] ?? 0) + 1
      table.push({ node: node.hostname, verdict: (FILTERS[at] as Filter).says(1) })
      return false
    })
    if (fitting.length === 0) {
      const reasons = FILTERS.map((filter, i) => ({ filter, count: failed[i] ?? 0 }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count)
        .map(({ filter, count }) => filter.says(count))
      return { error: reasons.length > 0 ? `no suitable node (${reasons.join('; ')})` : 'no suitable node', table }
    }
    const branch = branchOf(fitting, nodes, wanted.preferences)
    const ranked = [...branch].sort(better)
    for (const [i, node] of ranked.entries())
      table.push({
        node: node.hostname,
        verdict: `${i === 0 ? 'chosen' : 'suitable'}: ${node.ofService} of the service, ${node.tasks} in all`,
      })
    for (const node of fitting)
      if (!branch.includes(node)) table.push({ node: node.hostname, verdict: 'suitable, in a fuller branch' })
    return { node: ranked[0]?.id, table }
  },
})

function better(a: Candidate, b: Candidate): number {
  if ((a.failures >= MANY_FAILURES || b.failures >= MANY_FAILURES) && a.failures !== b.failures)
    return a.failures - b.failures
  return a.ofService - b.ofService || a.tasks - b.tasks
}

/** Follows the preferences down: of the groups with a fitting node, the one with the fewest tasks of the service. */
function branchOf(
  fitting: readonly Candidate[],
  all: readonly Candidate[],
  preferences: readonly string[],
): readonly Candidate[] {
  const [first, ...rest] = preferences
  if (first === undefined) return fitting
  const counts = new Map<string, number>()
  for (const node of fitting) counts.set(spreadValue(first, node), 0)
  for (const node of all) {
    const value = spreadValue(first, node)
    if (counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + node.ofService)
  }
  const least = [...counts].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
  const within = (node: Candidate): boolean => spreadValue(first, node) === least
  return branchOf(fitting.filter(within), all.filter(within), rest)
}
