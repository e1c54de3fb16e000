import { defineRule } from '../../../kernel/index.ts'
import { type Candidate, Placement, type PlacementWish, type Step } from './placement.ts'

/** One instance and what is to be placed. */
export interface FilterInput {
  readonly instance: Candidate
  readonly wish: PlacementWish
}

/** The step at which an instance falls, if it is one of those that the part answers for. */
function fallsAt(parts: readonly string[]): (input: FilterInput) => { readonly ok: boolean; readonly reason?: Step } {
  return ({ instance, wish }) => {
    const step = new Placement([instance], wish).refusal(instance)
    return step !== undefined && parts.some((part) => step.startsWith(part))
      ? { ok: false, reason: step }
      : { ok: true }
  }
}

/** As written in a case: the tasks of an instance by group as an object, its ports as a list. */
interface WrittenInput {
  readonly instance: Omit<Candidate, 'groups' | 'ports'> & {
    readonly groups?: { readonly [group: string]: number }
    readonly ports?: readonly string[]
  }
  readonly wish: PlacementWish
}

function written(parts: readonly string[]) {
  const decide = fallsAt(parts)
  return ({ instance: { groups = {}, ports, ...rest }, wish }: WrittenInput) =>
    decide({
      instance: { ...rest, groups: new Map(Object.entries(groups)), ...(ports ? { ports: new Set(ports) } : {}) },
      wish,
    })
}

/** Models: Amazon ECS developer guide, "Container instance life cycle" */
defineRule({
  id: 'ecs.filter/agent',
  says: 'Tasks are placed only on active instances whose agent is connected.',
  source: 'Amazon ECS developer guide ECS_agent.md',
  decide: fallsAt(['AGENT', 'INACTIVE']),
  vector: written(['AGENT', 'INACTIVE']),
})

/** Models: Amazon ECS developer guide, "Task placement" */
defineRule({
  id: 'ecs.filter/resources',
  says: 'An instance must have the CPU, memory, ports, GPUs and network interfaces left that the task asks for.',
  source: 'Amazon ECS developer guide task-placement.md',
  decide: fallsAt(['RESOURCE']),
  vector: written(['RESOURCE']),
})

/** Models: Amazon ECS developer guide, "Task placement constraints" */
defineRule({
  id: 'ecs.filter/constraints',
  says: 'An instance must meet every constraint: distinctInstance, and the expression of each memberOf.',
  source: 'Amazon ECS developer guide task-placement-constraints.md',
  decide: fallsAt(['distinctInstance', 'memberOf']),
  vector: written(['distinctInstance', 'memberOf']),
})
