import { defineLifecycle } from '../../../../kernel/index.ts'

const noted = {
  Tagged: { description: 'Its tags or its protection from scale-in are others.' },
  TargetsRegistered: { description: 'It is registered with the target groups of its service.' },
  TargetsDeregistered: {
    description: 'It is deregistered from the target groups of its service, which drain its connections.',
  },
  Commanded: { description: 'A command is run in one of its containers.' },
} as const
const lost = { target: 'STOPPED', description: 'The machine that it ran on is gone, and it with it.' } as const

/**
 * The states are the task's lastStatus: what was last seen of it, while desiredStatus says what is wanted.
 * Models: Amazon ECS developer guide, "Amazon ECS task lifecycle"
 */
export const taskLifecycle = defineLifecycle({
  id: 'aws.ecs.Task',
  initial: 'PROVISIONING',
  delays: {
    release: 'How long it takes to give back what it had of its own: its network interface.',
    forget: 'How long a stopped task stays to be seen.',
  },
  states: {
    PROVISIONING: {
      description:
        'What it needs before it can start is being made: a place, a network interface, on Fargate a machine.',
      tags: ['pend'],
      on: {
        Placed: { description: 'An instance with enough room has been found for it.' },
        Provisioned: {
          target: 'PENDING',
          description: 'It has its place and its network interface; the agent may start it.',
        },
        StopRequested: { target: 'DEPROVISIONING', description: 'It is to stop before anything was started.' },
        StartFailed: { target: 'DEPROVISIONING', description: 'What it needs cannot be had.' },
        InstanceLost: lost,
        ...noted,
      },
    },
    PENDING: {
      description: 'It waits for the ECS agent to pull its images and start its containers.',
      tags: ['prog'],
      on: {
        PullStarted: { description: 'The agent asks the registry for images that the instance does not have.' },
        Started: { target: 'RUNNING', description: 'All of its containers have started.' },
        ActivationBegan: {
          target: 'ACTIVATING',
          description: 'Its containers have started; it is registered where others look for it.',
        },
        StopRequested: { target: 'STOPPING', description: 'It is to stop while it is being started.' },
        EssentialContainerExited: {
          target: 'STOPPING',
          description: 'An essential container ended before all had started.',
        },
        StartFailed: {
          target: 'STOPPING',
          description: 'A container cannot be started, so the whole task is given up.',
        },
        InstanceLost: lost,
        ...noted,
      },
    },
    ACTIVATING: {
      description: 'Its containers run; it is being registered with several target groups or with service discovery.',
      tags: ['prog'],
      on: {
        Started: { target: 'RUNNING', description: 'It is registered everywhere.' },
        StopRequested: { target: 'DEACTIVATING', description: 'It is to stop.' },
        EssentialContainerExited: {
          target: 'DEACTIVATING',
          description: 'An essential container has ended, so the task ends.',
        },
        InstanceLost: lost,
        ...noted,
      },
    },
    RUNNING: {
      description: 'Its containers run.',
      tags: ['ok'],
      on: {
        HealthTurned: { description: 'The health checks of its containers answer otherwise than before.' },
        StopRequested: { target: 'DEACTIVATING', description: 'It is to stop: first nobody may look for it any more.' },
        EssentialContainerExited: {
          target: 'DEACTIVATING',
          description: 'An essential container has ended, so the task ends.',
        },
        InstanceLost: lost,
        ...noted,
      },
    },
    DEACTIVATING: {
      description: 'It is taken out of its target groups, which first let its connections drain.',
      tags: ['prog'],
      on: {
        Deactivated: { target: 'STOPPING', description: 'Nobody is sent to it any more.' },
        InstanceLost: lost,
        ...noted,
      },
    },
    STOPPING: {
      description: 'Its containers got SIGTERM, and SIGKILL after their stopTimeout (30 s).',
      tags: ['prog'],
      on: {
        ContainersStopped: { target: 'DEPROVISIONING', description: 'None of its containers runs any more.' },
        InstanceLost: lost,
        ...noted,
      },
    },
    DEPROVISIONING: {
      description: 'Its network interface is detached and deleted.',
      tags: ['prog'],
      on: { InstanceLost: lost, ...noted },
      after: { release: { target: 'STOPPED', description: 'Nothing of it is left to be given back.' } },
    },
    STOPPED: {
      description: 'It has stopped; it can be described for about an hour.',
      tags: ['idle'],
      on: { ...noted },
      after: { forget: { target: 'DELETED', description: 'It can be described no longer.' } },
    },
    DELETED: { description: 'Nothing is left of it.', type: 'final' },
  },
})
