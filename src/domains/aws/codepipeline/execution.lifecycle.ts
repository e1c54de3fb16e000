import { defineLifecycle } from '../../../kernel/index.ts'

const superseded = {
  target: 'Superseded',
  description: 'A newer execution takes its place in front of a stage.',
} as const
const stopped = { target: 'Stopped', description: 'It is stopped, and goes no further.' } as const
const cancelled = { target: 'Cancelled', description: 'The structure of the pipeline was changed under it.' } as const

/**
 * One set of source revisions on its way through a pipeline.
 * Models: AWS CodePipeline API, PipelineExecution.status
 */
export const executionLifecycle = defineLifecycle({
  id: 'aws.codepipeline.Execution',
  initial: 'InProgress',
  states: {
    InProgress: {
      description: 'It is in a stage, or waits in front of one.',
      tags: ['prog'],
      on: {
        Entered: { description: 'It enters a stage.' },
        Waits: { description: 'The stage is locked or its transition disabled: it waits in front of it.' },
        RanAction: { description: 'An action has given artifacts and variables.' },
        Superseded: superseded,
        StopRequested: { target: 'Stopping', description: 'Running actions may finish; then it stops.' },
        Stopped: stopped,
        Failed: { target: 'Failed', description: 'An action of its stage has failed.' },
        Succeeded: { target: 'Succeeded', description: 'It has gone through the last stage.' },
        Cancelled: cancelled,
      },
    },
    Stopping: {
      description: 'It is to stop, and waits for running actions to finish.',
      tags: ['prog'],
      on: { RanAction: { description: 'A last action has ended.' }, Stopped: stopped, Cancelled: cancelled },
    },
    Failed: {
      description: 'It failed in a stage, which it has unlocked. It can be retried until another one enters there.',
      tags: ['err'],
      on: {
        Retried: { target: 'InProgress', description: 'The failed stage is tried again.' },
      },
    },
    Stopped: { description: 'It was stopped.', tags: ['warn'] },
    Succeeded: { description: 'It went through every stage.', tags: ['ok'] },
    Superseded: { description: 'A newer execution took its place.', tags: ['idle'] },
    Cancelled: { description: 'The pipeline was changed while it was under way.', tags: ['idle'] },
  },
})
