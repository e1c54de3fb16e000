import { defineRule } from '../../../kernel/index.ts'
import { type Candidate, type Constraint, Placement, type Strategy, type Wanted } from './placement.ts'

/**
 * Where tasks are placed: resources first, then constraints, then strategies in their order; what is left is as good as any.
 * Models: Amazon ECS developer guide task-placement.md, task-placement-strategies.md, task-placement-constraints.md
 */
export const placement = defineRule({
  id: 'ecs.placement',
  says: 'An instance must have the room and meet every constraint; each strategy then keeps only the best of those that are left.',
  source: 'Amazon ECS developer guide task-placement.md',
  decide: place,
})

/**
 * Which of the instances with room a task goes to: the strategies one after another, and chance among those that are as good as each other.
 * Models: Amazon ECS developer guide task-placement-strategies.md
 */
export const placementPick = defineRule({
  id: 'ecs.placement/pick',
  says: 'binpack takes the instance with the least left of its field, spread the value with the fewest tasks; what is left after all strategies is as good as any.',
  source: 'Amazon ECS developer guide task-placement-strategies.md',
  decide: ({ placing, chance }: PickInput): Candidate | undefined => placing.pick(chance),
})

/** A placement under way, and a number in [0, 1) that picks among equals. */
export interface PickInput {
  readonly placing: Placement
  readonly chance: number
}

export interface PlacementInput {
  readonly instances: readonly {
    readonly id: string
    readonly attributes: { readonly [name: string]: string }
    readonly remaining: { readonly cpu: number; readonly memory: number }
    readonly tasks: readonly { readonly group: string }[]
  }[]
  readonly group: string
  readonly task: Wanted
  readonly strategies?: readonly Strategy[] | undefined
  readonly constraints?: readonly Constraint[] | undefined
  readonly count: number
}

/** Every step with the instances that are as good as each other, and how many tasks found a place. The first of equals is taken. */
export function place({ instances, group, task, strategies = [], constraints = [], count }: PlacementInput): {
  readonly steps: readonly { readonly acceptable: readonly string[]; readonly chosen: string | null }[]
  readonly placed: number
} {
  const candidates = instances.map(({ id, attributes, remaining, tasks }): Candidate => {
    const groups = new Map<string, number>()
    for (const { group: of } of tasks) groups.set(of, (groups.get(of) ?? 0) + 1)
    return {
      id,
      facts: { attributes, agentConnected: true, ec2InstanceId: id },
      cpu: remaining.cpu,
      memory: remaining.memory,
      groups,
      tasks: tasks.length,
    }
  })
  const placing = new Placement(candidates, { group, task, strategies, constraints })
  const steps: { acceptable: readonly string[]; chosen: string | null }[] = []
  for (let i = 0; i < count; i++) {
    const best = [...placing.best()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const [chosen] = best
    steps.push({ acceptable: best.map(({ id }) => id), chosen: chosen?.id ?? null })
    if (!chosen) break
    placing.put(chosen)
  }
  return { steps, placed: steps.filter(({ chosen }) => chosen !== null).length }
}
