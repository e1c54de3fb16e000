import type { World } from '../../../../kernel/index.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import { type ContainerInstance, candidatesOf } from '../instance/containerInstance.ts'
import { placementPick, placement as placementRule } from '../placement.rule.ts'
import { type Candidate, type Constraint, Placement, type Step, type Strategy } from '../placement.ts'
import { placementTable } from '../placementTable.ts'
import type * as api from '../types.generated.ts'
import { taskShape } from './taskShape.ts'

/** What is to be placed, and by which wishes. */
export interface PlaceWish {
  readonly cluster: Pick<Cluster, 'id'>
  readonly definition: TaskDefinition
  readonly overrides?: api.TaskOverride | undefined
  readonly group: string
  readonly strategies: readonly Strategy[]
  readonly constraints: readonly Constraint[]
  /** Only instances of this capacity provider; those of none when `null`; all when absent. */
  readonly provider?: string | null | undefined
  /** Only these instances. */
  readonly among?: ReadonlySet<string> | undefined
}

/** Where one task goes, with the table that led there; the table is made only where it is looked at. */
export interface Place {
  readonly instance: ContainerInstance
  readonly rule: string
  readonly inputs: unknown
}

/** A placement under way: `next` says where the next task goes, and takes the place. */
export interface Placing {
  next(...keys: readonly (string | number)[]): Place | undefined
  /** Takes a place on an instance for a task that was placed at the same moment. */
  reserve(instance: string): void
  /** Why there is no place: by step how many instances fell there, and the instance that came closest. */
  failure(): PlacementFailure
  /** The step at which an instance falls now, by its entity id. */
  refusalOf(instance: string): Step | undefined
  readonly table: () => unknown
}

export interface PlacementFailure {
  readonly instances: number
  readonly counts: ReadonlyMap<Step, number>
  readonly closest?: { readonly instance: Candidate; readonly step: Step } | undefined
}

/** Of how many tasks of one placement the table also shows instances that were not chosen, where there are many. */
const TOLD = 50

/** Begins the placement of any number of tasks that are alike; instances are looked at once. */
export function beginPlacing(world: World, wish: PlaceWish): Placing {
  const { definition, cluster, provider, among } = wish
  const shape = taskShape(definition, wish.overrides)
  const all = candidatesOf(world, cluster.id)
  const candidates = all.filter(({ id }) => {
    if (among && !among.has(id)) return false
    if (provider === undefined) return true
    return ((world.get(id) as ContainerInstance).capacityProviderName ?? null) === provider
  })
  const placing = new Placement(candidates, {
    group: wish.group,
    task: shape,
    strategies: wish.strategies,
    constraints: [...wish.constraints, ...(definition.spec.placementConstraints ?? [])],
  })
  let told = 0
  return {
    next(...keys) {
      const chosen = world.decide(placementPick, { placing, chance: world.draw('place', cluster.id, ...keys) })
      if (!chosen) return undefined
      const inputs = placementTable(world, placing, chosen, told++ < TOLD)
      placing.put(chosen)
      return { instance: world.get(chosen.id) as ContainerInstance, rule: placementRule.id, inputs }
    },
    reserve(id) {
      const candidate = candidates.find((one) => one.id === id)
      if (candidate) placing.put(candidate)
    },
    failure: () => failureOf(placing),
    refusalOf(id) {
      const candidate = candidates.find((one) => one.id === id)
      return candidate && placing.refusal(candidate)
    },
    table: () => placementTable(world, placing, undefined, true),
  }
}

/** The steps from the first an instance may fall at to the last: the later, the closer it came. */
const ORDER: readonly Step[] = [
  'INACTIVE',
  'AGENT',
  'memberOf',
  'distinctInstance',
  'RESOURCE:GPU',
  'RESOURCE:ENI',
  'RESOURCE:PORTS',
  'RESOURCE:MEMORY',
  'RESOURCE:CPU',
]

function failureOf(placing: Placement): PlacementFailure {
  const counts = new Map<Step, number>()
  let closest: { instance: Candidate; step: Step } | undefined
  for (const instance of placing.candidates) {
    const step = placing.refusal(instance)
    if (step === undefined) continue
    counts.set(step, (counts.get(step) ?? 0) + 1)
    if (!closest || ORDER.indexOf(step) > ORDER.indexOf(closest.step)) closest = { instance, step }
  }
  return { instances: placing.candidates.length, counts, ...(closest ? { closest } : {}) }
}
