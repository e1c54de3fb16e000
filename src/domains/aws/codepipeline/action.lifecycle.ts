import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * One run of one action.
 * Models: AWS CodePipeline API, ActionExecution.status
 */
export const actionLifecycle = defineLifecycle({
  id: 'aws.codepipeline.Action',
  initial: 'InProgress',
  delays: { timeout: 'How long the action may take: an hour, seven days for an approval, or what is declared.' },
  states: {
    InProgress: {
      description: 'Its provider works on it, or someone has yet to approve.',
      tags: ['prog'],
      on: {
        Begun: { description: 'Its provider has taken it on.' },
        Succeeded: { target: 'Succeeded', description: 'Its provider has done it, or someone approved.' },
        Failed: { target: 'Failed', description: 'Its provider failed, or someone rejected.' },
        Abandoned: { target: 'Abandoned', description: 'The execution stops without waiting for it.' },
      },
      after: { timeout: { target: 'Failed', description: 'Its time is over: that counts as a failure.' } },
    },
    Succeeded: { description: 'It is done, and has given its artifacts.', tags: ['ok'] },
    Failed: { description: 'It has failed, and its stage with it.', tags: ['err'] },
    Abandoned: { description: 'Nobody waits for it any more; its provider may go on working.', tags: ['idle'] },
  },
})
