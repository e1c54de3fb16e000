import { defineLifecycle } from '../../../kernel/index.ts'

const entered = {
  target: 'InProgress',
  description: 'An execution enters it, and locks it unless all run in parallel.',
} as const
const removed = { target: 'Gone', description: 'The pipeline is deleted, or no longer has the stage.' } as const
const changed = { description: 'Its declaration is another one.' } as const

/**
 * One stage of a pipeline: what became of the execution that entered it last.
 * Models: AWS CodePipeline API, StageState.latestExecution.status
 */
export const stageLifecycle = defineLifecycle({
  id: 'aws.codepipeline.Stage',
  initial: 'Idle',
  states: {
    Idle: {
      description: 'No execution has entered it yet.',
      tags: ['idle'],
      on: { Entered: entered, Removed: removed, Changed: changed },
    },
    InProgress: {
      description: 'Its actions run, those of one run order side by side.',
      tags: ['prog'],
      on: {
        Entered: { description: 'Another execution enters it beside the first.' },
        Succeeded: { target: 'Succeeded', description: 'All of its actions have succeeded.' },
        Failed: { target: 'Failed', description: 'One of its actions has failed; the stage is unlocked.' },
        Stopped: { target: 'Stopped', description: 'The execution in it is stopped.' },
        Removed: removed,
        Changed: changed,
      },
    },
    Succeeded: {
      description: 'The last execution in it went on to the next stage, or ended well.',
      tags: ['ok'],
      on: { Entered: entered, Removed: removed, Changed: changed },
    },
    Failed: {
      description: 'The last execution in it failed there. It can be retried until another one enters.',
      tags: ['err'],
      on: { Entered: entered, Removed: removed, Changed: changed },
    },
    Stopped: {
      description: 'The last execution in it was stopped there.',
      tags: ['warn'],
      on: { Entered: entered, Removed: removed, Changed: changed },
    },
    Gone: { description: 'The pipeline has no such stage any more.', type: 'final' },
  },
})
