import { defineLifecycle, type TransitionDefinition } from '../../../kernel/index.ts'

const to = (target: string, description: string): TransitionDefinition => ({ target, description })
const ends = {
  Failed: to('Failed', 'It cannot go on.'),
  Stopped: to('Stopped', 'Someone, or an alarm, stops it.'),
} as const
const later = {
  RolledBack: { description: 'Another deployment brings back what was there before.' },
} as const

/**
 * A deployment of one revision to a deployment group.
 * Models: AWS CodeDeploy API, DeploymentInfo.status
 */
export const deploymentLifecycle = defineLifecycle({
  id: 'aws.codedeploy.Deployment',
  initial: 'Created',
  delays: {
    queue: 'How long it takes until it is queued.',
    ready: 'How long the new version may wait for someone to let traffic come.',
  },
  states: {
    Created: {
      description: 'It is asked for.',
      tags: ['prog'],
      on: ends,
      after: { queue: { target: 'Queued', description: 'It is put in the queue of its group.' } },
    },
    Queued: {
      description: 'It waits until no other deployment of its group is under way.',
      tags: ['prog'],
      on: { Began: to('InProgress', 'It is its turn.'), ...ends },
    },
    InProgress: {
      description: 'The new version is installed and traffic moved to it, lifecycle event by lifecycle event.',
      tags: ['prog'],
      on: {
        Moved: { description: 'It has come a step further.' },
        Shifted: { description: 'More of the traffic goes to the new version.' },
        TerminationWaits: { description: 'The old version is kept for a while, in case it is needed again.' },
        Hurried: { description: 'Someone lets the old version go at once.' },
        BecameReady: to('Ready', 'The new version is ready, and waits for someone to let traffic come.'),
        Succeeded: to('Succeeded', 'The new version has taken over.'),
        ...ends,
      },
    },
    Ready: {
      description: 'The new version is ready; traffic goes there when someone says so.',
      tags: ['pend'],
      on: { Continued: to('InProgress', 'Someone lets traffic come to the new version.'), ...ends },
      after: { ready: { target: 'Stopped', description: 'Nobody said so in time.' } },
    },
    Succeeded: { description: 'The new version has taken over.', tags: ['ok'] },
    Failed: { description: 'It has failed.', tags: ['err'], on: later },
    Stopped: { description: 'It was stopped before its end.', tags: ['warn'], on: later },
  },
})
