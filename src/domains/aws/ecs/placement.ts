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
  /** Those that no step refuses now; kept up to date by `put`. */
  private open: Slot[]
  private readonly slots: readonly Slot[]
  private readonly byCandidate: ReadonlyMap<Candidate, Slot>

  constructor(candidates: readonly Candidate[], wish: PlacementWish) {
    this.candidates = candidates
    this.wish = wish
    this.distinct = wish.constraints.some(({ type }) => type === 'distinctInstance')
    this.queries = wish.constraints.flatMap(({ type, expression }) => {
      if (type !== 'memberOf' || expression === undefined) return []
      const query = parseClusterQuery(expression)
      return [{ expression, query, moves: asksOfTasks(query) }]
    })
    const spreads = wish.strategies.map((strategy) => spreadCells(strategy, candidates, wish.group))
    this.slots = candidates.map((candidate, at) => ({ candidate, cells: spreads.map((cells) => cells?.[at]) }))
    this.byCandidate = new Map(this.slots.map((slot) => [slot.candidate, slot]))
    this.open = this.slots.filter(({ candidate }) => this.refusal(candidate) === undefined)
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
    return this.left().map(({ candidate }) => candidate)
  }

  /** One of the best, by a number in [0, 1); undefined when the task fits nowhere. */
  pick(chance: number): Candidate | undefined {
    const left = this.left()
    return left[Math.floor(chance * left.length)]?.candidate
  }

  private left(): readonly Slot[] {
    let left: readonly Slot[] = this.open
    for (const [i, { type, field = '' }] of this.wish.strategies.entries()) {
      if (left.length < 2) break
      if (type === 'spread') left = least(left, ({ cells }) => cells[i]?.tasks ?? 0)
      else if (type === 'binpack')
        left = least(
          left,
          field.toLowerCase() === 'memory' ? ({ candidate }) => candidate.memory : ({ candidate }) => candidate.cpu,
        )
    }
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
    for (const cell of this.byCandidate.get(candidate)?.cells ?? []) if (cell) cell.tasks++
    if (this.queries.some(({ moves }) => moves))
      this.open = this.slots.filter((slot) => this.refusal(slot.candidate) === undefined)
    else if (this.refusal(candidate) !== undefined) this.open = this.open.filter((slot) => slot.candidate !== candidate)
  }

  /** What the strategies make of an instance: for a spread the tasks that share its value, for a binpack what it has left. */
  standing(candidate: Candidate): readonly number[] {
    return this.wish.strategies.map(({ type, field = '' }, i) =>
      type === 'spread'
        ? (this.byCandidate.get(candidate)?.cells[i]?.tasks ?? 0)
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

/** An instance with the cell of each spread that it belongs to. */
interface Slot {
  readonly candidate: Candidate
  readonly cells: readonly (Cell | undefined)[]
}

/** The cell of each candidate for a spread; undefined for another strategy. */
function spreadCells(
  { type, field = '' }: Strategy,
  candidates: readonly Candidate[],
  group: string,
): readonly Cell[] | undefined {
  if (type !== 'spread') return undefined
  const name = field.startsWith('attribute:') ? field.slice(10) : field
  const single = field === 'instanceId' || field === 'host'
  const byValue = new Map<string, Cell>()
  return candidates.map((candidate) => {
    const value = single ? candidate.id : (candidate.facts.attributes[name] ?? '')
    let cell = byValue.get(value)
    if (!cell) {
      cell = { tasks: 0 }
      byValue.set(value, cell)
    }
    cell.tasks += candidate.groups.get(group) ?? 0
    return cell
  })
}

/** Those with the lowest number, in one go: whenever a lower one turns up, those kept so far are dropped. */
function least(slots: readonly Slot[], of: (slot: Slot) => number): Slot[] {
  let lowest = Number.POSITIVE_INFINITY
  let kept: Slot[] = []
  for (const slot of slots) {
    const value = of(slot)
    if (value > lowest) continue
    if (value < lowest) {
      lowest = value
      kept = []
    }
    kept.push(slot)
  }
  return kept
}
