import { asksOfTasks, type InstanceFacts, matchesQuery, type Query } from './clusterQuery.ts'
import { parseClusterQuery } from './clusterQueryParser.ts'

/** What a task asks of an instance: CPU units and MiB, ports of the host as `80/tcp`, and whether it needs an interface of its own. */
export interface Wanted {
  readonly cpu: number
  readonly memory: number
  readonly gpu?: number | undefined
  readonly ports?: readonly string[] | undefined
  readonly eni?: boolean | undefined
}

export interface Strategy {
  readonly type?: string | undefined
  readonly field?: string | undefined
}

export interface Constraint {
  readonly type?: string | undefined
  readonly expression?: string | undefined
}

/** An instance as a placement sees it; the numbers are what is left there, and change as tasks are put on it. */
export interface Candidate {
  readonly id: string
  readonly facts: InstanceFacts
  cpu: number
  memory: number
  gpu?: number | undefined
  /** Interfaces that tasks may still take; absent where they do not matter. */
  enis?: number | undefined
  ports?: ReadonlySet<string> | undefined
  /** Tasks that are there, by group. */
  groups: ReadonlyMap<string, number>
  tasks: number
  /** Why it takes no tasks at all: `AGENT`, `INACTIVE`. */
  readonly closed?: string | undefined
}

/** What is to be placed, and how. */
export interface PlacementWish {
  readonly group: string
  readonly task: Wanted
  readonly strategies: readonly Strategy[]
  readonly constraints: readonly Constraint[]
}

/** The steps of a placement by which an instance may fall, in the service's own words for failures. */
export type Step =
  | 'AGENT'
  | 'INACTIVE'
  | 'RESOURCE:CPU'
  | 'RESOURCE:MEMORY'
  | 'RESOURCE:GPU'
  | 'RESOURCE:PORTS'
  | 'RESOURCE:ENI'
  | 'distinctInstance'
  | 'memberOf'

/**
 * One placement under way: instances are sorted out once, and each task that is put somewhere changes only what that instance and
 * those that share its zone or attribute have. Unlike the real thing, which does not document it, ties are all as good.
 */
export class Placement {
  readonly candidates: readonly Candidate[]
  readonly wish: PlacementWish
  private readonly queries: readonly { readonly expression: string; readonly query: Query; readonly moves: boolean }[]
  private readonly distinct: boolean
  private readonly spreads: readonly Spread[]
  /** Those that no step refuses now, each with its place in the list; kept up to date by `put`. */
  private open: Candidate[]

  constructor(candidates: readonly Candidate[], wish: PlacementWish) {
    this.candidates = candidates
    this.wish = wish
    this.distinct = wish.constraints.some(({ type }) => type === 'distinctInstance')
    this.queries = wish.constraints.flatMap(({ type, expression }) => {
      if (type !== 'memberOf' || expression === undefined) return []
      const query = parseClusterQuery(expression)
      return [{ expression, query, moves: asksOfTasks(query) }]
    })
    this.spreads = wish.strategies.map((strategy) => new Spread(strategy, candidates, wish.group))
    this.open = candidates.filter((candidate) => this.refusal(candidate) === undefined)
  }

  /** At which step an instance falls; undefined when it may take the task. */
  refusal(candidate: Candidate): Step | undefined {
    const { task, group } = this.wish
    if (candidate.closed !== undefined) return candidate.closed as Step
    if (candidate.cpu < task.cpu) return 'RESOURCE:CPU'
    if (candidate.memory < task.memory) return 'RESOURCE:MEMORY'
    if (task.gpu && (candidate.gpu ?? 0) < task.gpu) return 'RESOURCE:GPU'
    if (task.ports && candidate.ports)
      for (const port of task.ports) if (candidate.ports.has(port)) return 'RESOURCE:PORTS'
    if (task.eni && candidate.enis !== undefined && candidate.enis < 1) return 'RESOURCE:ENI'
    if (this.distinct && (candidate.groups.get(group) ?? 0) > 0) return 'distinctInstance'
    for (const { query } of this.queries) if (!matchesQuery(query, withTasks(candidate))) return 'memberOf'
    return undefined
  }

  /** The instances that are left after every strategy; empty when the task fits nowhere. */
  best(): readonly Candidate[] {
    let left = this.open
    this.wish.strategies.forEach(({ type, field = '' }, i) => {
      if (left.length < 2) return
      if (type === 'spread') left = least(left, (candidate) => this.spreads[i]?.count(candidate) ?? 0)
      else if (type === 'binpack')
        left = least(
          left,
          field.toLowerCase() === 'memory' ? (candidate) => candidate.memory : (candidate) => candidate.cpu,
        )
    })
    return left
  }

  /** Puts the task on an instance: it has less left, and one task more of the group. */
  put(candidate: Candidate): void {
    const { task, group } = this.wish
    candidate.cpu -= task.cpu
    candidate.memory -= task.memory
    if (task.gpu) candidate.gpu = (candidate.gpu ?? 0) - task.gpu
    if (task.eni && candidate.enis !== undefined) candidate.enis--
    if (task.ports?.length) candidate.ports = new Set([...(candidate.ports ?? []), ...task.ports])
    candidate.groups = new Map(candidate.groups).set(group, (candidate.groups.get(group) ?? 0) + 1)
    candidate.tasks++
    for (const spread of this.spreads) spread.add(candidate)
    if (this.queries.some(({ moves }) => moves))
      this.open = this.candidates.filter((one) => this.refusal(one) === undefined)
    else if (this.refusal(candidate) !== undefined) this.open = this.open.filter((one) => one !== candidate)
  }

  /** What the strategies make of an instance: for a spread the tasks that share its value, for a binpack what it has left. */
  standing(candidate: Candidate): readonly number[] {
    return this.wish.strategies.map(({ type, field = '' }, i) =>
      type === 'spread'
        ? (this.spreads[i]?.count(candidate) ?? 0)
        : type === 'binpack'
          ? field.toLowerCase() === 'memory'
            ? candidate.memory
            : candidate.cpu
          : 0,
    )
  }
}

function withTasks(candidate: Candidate): InstanceFacts {
  return { ...candidate.facts, runningTasksCount: candidate.tasks, taskGroups: [...candidate.groups.keys()] }
}

/** A value of a field, with the tasks of the group on all instances that have it. */
interface Cell {
  tasks: number
}

/** Counts the tasks of one group by what their instances have in a field. */
class Spread {
  private readonly field: string
  private readonly cells = new Map<Candidate, Cell>()

  constructor({ type, field = '' }: Strategy, candidates: readonly Candidate[], group: string) {
    this.field = type === 'spread' ? field : ''
    if (type !== 'spread') return
    const byValue = new Map<string, Cell>()
    for (const candidate of candidates) {
      const value = this.value(candidate)
      let cell = byValue.get(value)
      if (!cell) {
        cell = { tasks: 0 }
        byValue.set(value, cell)
      }
      cell.tasks += candidate.groups.get(group) ?? 0
      this.cells.set(candidate, cell)
    }
  }

  count(candidate: Candidate): number {
    return this.cells.get(candidate)?.tasks ?? 0
  }

  add(candidate: Candidate): void {
    const cell = this.cells.get(candidate)
    if (cell) cell.tasks++
  }

  private value(candidate: Candidate): string {
    const { field } = this
    if (field === 'instanceId' || field === 'host') return candidate.id
    return candidate.facts.attributes[field.startsWith('attribute:') ? field.slice(10) : field] ?? ''
  }
}

function least(candidates: readonly Candidate[], of: (candidate: Candidate) => number): Candidate[] {
  let lowest = Number.POSITIVE_INFINITY
  let kept: Candidate[] = []
  for (const candidate of candidates) {
    const value = of(candidate)
    if (value > lowest) continue
    if (value < lowest) {
      lowest = value
      kept = []
    }
    kept.push(candidate)
  }
  return kept
}
