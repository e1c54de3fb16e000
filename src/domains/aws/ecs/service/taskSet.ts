import { defineKind, defineLifecycle, type Entity, type Fields } from '../../../../kernel/index.ts'
import type * as api from '../types.generated.ts'
import type { Launching, Service } from './service.ts'

/** A set of tasks of one revision in a service that CodeDeploy or someone outside deploys. */
export interface TaskSet extends Entity, Launching {
  /** Entity id of its service. */
  readonly service: string
  readonly region: string
  /** `ecs-svc/` and digits. */
  readonly taskSetId: string
  readonly externalId?: string | undefined
  readonly startedBy?: string | undefined
  readonly scale: api.Scale
  readonly createdAt: number
  readonly updatedAt: number
  readonly stabilityStatus: string
  readonly stabilityStatusAt: number
  readonly tags: readonly api.Tag[]
}

const noted = {
  Scaled: { description: 'It is to have another share of the tasks that the service wants.' },
  Stabilised: { description: 'All tasks that it is to have are running.' },
  Unsettled: { description: 'It does not have the tasks that it is to have.' },
} as const

/**
 * Models: ECS API TaskSet.status
 */
export const taskSetLifecycle = defineLifecycle({
  id: 'aws.ecs.TaskSet',
  initial: 'ACTIVE',
  delays: { forget: 'How long a deleted task set is kept.' },
  states: {
    ACTIVE: {
      description: 'It does not serve production traffic, or not yet.',
      tags: ['prog'],
      on: {
        Promoted: { target: 'PRIMARY', description: 'It becomes the one that serves production traffic.' },
        Deleted: { target: 'DRAINING', description: 'Its tasks are stopped, and their targets deregistered.' },
        ...noted,
      },
    },
    PRIMARY: {
      description: 'It serves production traffic.',
      tags: ['ok'],
      on: {
        Demoted: { target: 'ACTIVE', description: 'Another task set becomes the primary one.' },
        Deleted: { target: 'DRAINING', description: 'Its tasks are stopped, and their targets deregistered.' },
        ...noted,
      },
    },
    DRAINING: {
      description: 'Its tasks are being stopped.',
      tags: ['prog'],
      on: { Drained: { target: 'INACTIVE', description: 'None of its tasks is left.' } },
    },
    INACTIVE: {
      description: 'It is deleted.',
      tags: ['idle'],
      after: { forget: { target: 'Gone', description: 'Nothing is left of it.' } },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})

export const taskSetKind = defineKind<TaskSet>({
  kind: 'aws.ecs.TaskSet',
  lifecycle: taskSetLifecycle,
  delays: { forget: () => 3_600_000 },
  apply: {
    Scaled: (_set, event) => ({ ...(event.data as Fields), updatedAt: event.at }),
    Stabilised: (_set, event) => ({ stabilityStatus: 'STEADY_STATE', stabilityStatusAt: event.at }),
    Unsettled: (_set, event) => ({ stabilityStatus: 'STABILIZING', stabilityStatusAt: event.at }),
    Promoted: (_set, event) => ({ updatedAt: event.at }),
    Demoted: (_set, event) => ({ updatedAt: event.at }),
    Deleted: (_set, event) => ({ updatedAt: event.at }),
  },
  tell: {
    Created: (event) => {
      const { taskSetId, definition } = event.data as TaskSet
      return `The task set [${taskSetId}](${event.to}) of \`${definition.slice(definition.lastIndexOf('/') + 1)}\` is created.`
    },
    Promoted: (event, set) => `The task set [${set?.taskSetId}](${event.to}) becomes the primary one.`,
    Deleted: (event, set) => `The task set [${set?.taskSetId}](${event.to}) is deleted.`,
  },
})

/** How many tasks a set is to have: its share of what the service wants, rounded up. */
export function computedDesired(set: Pick<TaskSet, 'scale' | 'state'>, service: Pick<Service, 'desiredCount'>): number {
  return set.state === 'DRAINING' ? 0 : Math.ceil(((set.scale.value ?? 0) / 100) * service.desiredCount)
}
