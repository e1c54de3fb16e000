import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * A pipeline: its structure, and where its executions are. What runs is its executions.
 * Models: AWS CodePipeline API, PipelineDeclaration and GetPipelineState
 */
export const pipelineLifecycle = defineLifecycle({
  id: 'aws.codepipeline.Pipeline',
  initial: 'Present',
  states: {
    Present: {
      description: 'Changes of its sources start executions, which go through its stages.',
      tags: ['ok'],
      on: {
        Updated: { description: 'Its structure is another one, with the next version number.' },
        Advanced: { description: 'Its executions move: one enters a stage, another waits in front of it.' },
        TransitionDisabled: { description: 'Nothing may enter the stage until the transition is enabled again.' },
        TransitionEnabled: { description: 'What waits in front of the stage may enter it.' },
        Tagged: { description: 'Its tags change.' },
        Deleted: { target: 'Gone', description: 'Someone deletes it.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
