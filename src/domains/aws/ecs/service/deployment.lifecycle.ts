import { defineLifecycle } from '../../../../kernel/index.ts'

const failed = {
  target: 'FAILED',
  description: 'It is given up: too many of its tasks failed, or an alarm went off.',
} as const
const superseded = {
  target: 'REPLACED',
  description: 'A newer deployment takes its place; its tasks are stopped as that one grows.',
} as const
const completed = {
  target: 'COMPLETED',
  description: 'All of its tasks are healthy, and nothing of an older one is left.',
} as const
const counted = {
  TaskFailed: { description: 'One of its tasks did not start, or failed its health checks.' },
  FailuresForgotten: { description: 'A task of it is healthy, so failures are counted from nothing again.' },
  Scaled: { description: 'The service wants another number of its tasks.' },
} as const

/**
 * A deployment of a service. SHIFTING and BAKING are stages of IN_PROGRESS for the API.
 * Models: ECS API Deployment.rolloutState, ServiceDeployment.lifecycleStage
 */
export const deploymentLifecycle = defineLifecycle({
  id: 'aws.ecs.Deployment',
  initial: 'IN_PROGRESS',
  delays: {
    bake: 'The time that both revisions run before the old one is taken away.',
    forget: 'How long an old deployment can still be described.',
  },
  states: {
    IN_PROGRESS: {
      description:
        'Its tasks are started, and those of the older deployment stopped, within the percentages of the service.',
      tags: ['prog'],
      on: {
        ...counted,
        Shifted: { target: 'SHIFTING', description: 'It gets its first share of the traffic.' },
        BakeBegan: { target: 'BAKING', description: 'All traffic is with it; the old revision is kept for a while.' },
        Completed: completed,
        Failed: failed,
        Superseded: superseded,
      },
    },
    SHIFTING: {
      description: 'The traffic is shifted to it step by step.',
      tags: ['prog'],
      on: {
        ...counted,
        Shifted: { description: 'It gets another share of the traffic.' },
        BakeBegan: { target: 'BAKING', description: 'All traffic is with it; the old revision is kept for a while.' },
        Failed: failed,
        Superseded: superseded,
      },
    },
    BAKING: {
      description: 'It has all the traffic; the old revision runs on, so that the way back is short.',
      tags: ['prog'],
      on: { ...counted, Completed: completed, Failed: failed, Superseded: superseded },
      after: { bake: { target: 'BAKED', description: 'The bake time is over without an alarm.' } },
    },
    BAKED: {
      description: 'The old revision is taken away.',
      tags: ['prog'],
      on: { ...counted, Completed: completed, Failed: failed, Superseded: superseded },
    },
    COMPLETED: {
      description: 'It is what the service is.',
      tags: ['ok'],
      on: {
        ...counted,
        Superseded: superseded,
      },
    },
    FAILED: {
      description: 'It was given up.',
      tags: ['err'],
      on: {
        Scaled: { description: 'The service wants another number of its tasks.' },
        Superseded: superseded,
      },
    },
    REPLACED: {
      description: 'Its tasks make room for those of a newer deployment.',
      tags: ['idle'],
      on: {
        Restored: { target: 'IN_PROGRESS', description: 'The newer deployment failed, and it gets its place back.' },
        Drained: { target: 'INACTIVE', description: 'None of its tasks is left.' },
      },
    },
    INACTIVE: {
      description: 'It is history.',
      tags: ['idle'],
      after: { forget: { target: 'Gone', description: 'It can be described no longer.' } },
    },
    Gone: { description: 'Nothing is left of it.', type: 'final' },
  },
})
