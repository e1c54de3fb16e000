import { defineLifecycle } from '../../../kernel/index.ts'

const steps = {
  EventBegan: { description: 'A lifecycle event begins.' },
  ScriptBegan: { description: 'A script of a lifecycle event is started.' },
  ScriptEnded: { description: 'A script has ended well.' },
  EventEnded: { description: 'A lifecycle event has ended.' },
  Weighed: { description: 'It gets another share of the traffic.' },
} as const

/**
 * What a deployment works on: an instance, an ECS service, a function.
 * Models: AWS CodeDeploy API, InstanceTarget.status
 */
export const targetLifecycle = defineLifecycle({
  id: 'aws.codedeploy.Target',
  initial: 'Pending',
  states: {
    Pending: {
      description: 'It waits for its turn.',
      tags: ['pend'],
      on: {
        Began: { target: 'InProgress', description: 'It is its turn.' },
        Skipped: { target: 'Skipped', description: 'The deployment ends without having come to it.' },
      },
    },
    InProgress: {
      description: 'Its lifecycle events run in order.',
      tags: ['prog'],
      on: {
        ...steps,
        Succeeded: { target: 'Succeeded', description: 'All of its lifecycle events have succeeded.' },
        Failed: { target: 'Failed', description: 'A lifecycle event has failed.' },
        Skipped: { target: 'Skipped', description: 'The deployment is stopped.' },
      },
    },
    Succeeded: { description: 'It has the new version.', tags: ['ok'] },
    Failed: { description: 'It does not have the new version, or not all of it.', tags: ['err'] },
    Skipped: { description: 'Nothing was done to it, or no more.', tags: ['idle'] },
  },
})
