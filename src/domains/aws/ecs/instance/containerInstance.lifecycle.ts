import { defineLifecycle } from '../../../../kernel/index.ts'

const changed = { Updated: { description: 'Its attributes or its tags are others.' } } as const
const deregistered = {
  target: 'INACTIVE',
  description: 'It is deregistered: the service knows it no longer, though it may run on.',
} as const

/**
 * Models: ECS API ContainerInstance.status; Amazon ECS developer guide, "Container instance draining"
 */
export const containerInstanceLifecycle = defineLifecycle({
  id: 'aws.ecs.ContainerInstance',
  initial: 'ACTIVE',
  delays: { forget: 'How long a deregistered instance stays to be seen.' },
  states: {
    ACTIVE: {
      description: 'Its agent has registered it, and tasks may be placed on it.',
      tags: ['ok'],
      on: {
        Drained: {
          target: 'DRAINING',
          description: 'No new tasks are placed on it, and services move theirs elsewhere.',
        },
        Deregistered: deregistered,
        ...changed,
      },
    },
    DRAINING: {
      description:
        'It takes no new tasks; tasks of services are replaced elsewhere, tasks that run by themselves may end.',
      tags: ['warn'],
      on: {
        Activated: { target: 'ACTIVE', description: 'Tasks may be placed on it again.' },
        Deregistered: deregistered,
        ...changed,
      },
    },
    INACTIVE: {
      description: 'It is no part of the cluster any more.',
      tags: ['idle'],
      on: { Registered: { target: 'ACTIVE', description: 'Its agent registers it again.' } },
      after: { forget: { target: 'Gone', description: 'It can be described no longer.' } },
    },
    Gone: { description: 'Nothing is left of it.', type: 'final' },
  },
})

/**
 * The ECS agent of an instance: it holds the connection to the service, and starts and stops containers as the service wants.
 * Models: amazon-ecs-agent
 */
export const agentLifecycle = defineLifecycle({
  id: 'aws.ecs.Agent',
  initial: 'Connected',
  states: {
    Connected: {
      description: 'It is in touch with the service: it hears what is wanted, and reports what is.',
      tags: ['ok'],
      on: {
        Stopped: { target: 'Disconnected', description: 'It is stopped; the containers that it started run on.' },
        Removed: { target: 'Gone', description: 'Its machine is gone.' },
      },
    },
    Disconnected: {
      description: 'The service hears nothing of it: what runs goes on running, but nothing is started or stopped.',
      tags: ['err'],
      on: {
        Started: { target: 'Connected', description: 'It starts, looks at its containers, and is in touch again.' },
        Removed: { target: 'Gone', description: 'Its machine is gone.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
