import { defineLifecycle, type TransitionDefinition } from '../../../kernel/index.ts'

const to = (target: string, description: string): TransitionDefinition => ({ target, description })
const made = { Made: { description: 'It has a physical id, and is on its way.' } } as const
const again = {
  UpdateBegan: to('UPDATE_IN_PROGRESS', 'It is to be changed, or replaced by another.'),
  DeleteBegan: to('DELETE_IN_PROGRESS', 'It is to be deleted.'),
  Skipped: to('DELETE_SKIPPED', 'Its policy says that it stays when the stack goes.'),
  Kept: { description: 'Nothing about it changes.' },
  Reverted: to('UPDATE_COMPLETE', 'It is again what it was before.'),
  OldRemoved: { description: 'What it was before its replacement is deleted.' },
} as const
const gone = {
  CreateBegan: to('CREATE_IN_PROGRESS', 'It is to be made anew.'),
} as const

/**
 * A resource in a stack.
 * Models: AWS CloudFormation API, StackResource.ResourceStatus
 */
export const stackResourceLifecycle = defineLifecycle({
  id: 'aws.cloudformation.StackResource',
  initial: 'CREATE_IN_PROGRESS',
  states: {
    CREATE_IN_PROGRESS: {
      description: 'It is being made.',
      tags: ['prog'],
      on: {
        ...made,
        Completed: to('CREATE_COMPLETE', 'It is there.'),
        Failed: to('CREATE_FAILED', 'It cannot be made, or its making was cancelled.'),
      },
    },
    CREATE_COMPLETE: { description: 'It is there.', tags: ['ok'], on: again },
    CREATE_FAILED: {
      description: 'It could not be made.',
      tags: ['err'],
      on: { ...again, ...gone, Deleted: to('DELETE_COMPLETE', 'There was nothing to be deleted.') },
    },
    UPDATE_IN_PROGRESS: {
      description: 'It is being changed, or another is made to take its place.',
      tags: ['prog'],
      on: {
        ...made,
        Completed: to('UPDATE_COMPLETE', 'It is as wanted.'),
        Failed: to('UPDATE_FAILED', 'It cannot be changed, or the change was cancelled.'),
      },
    },
    UPDATE_COMPLETE: { description: 'It is as it was last asked to be.', tags: ['ok'], on: again },
    UPDATE_FAILED: { description: 'It could not be changed.', tags: ['err'], on: again },
    DELETE_IN_PROGRESS: {
      description: 'It is being deleted.',
      tags: ['prog'],
      on: {
        Deleted: to('DELETE_COMPLETE', 'It is gone.'),
        Failed: to('DELETE_FAILED', 'It cannot be deleted.'),
      },
    },
    DELETE_COMPLETE: { description: 'It is gone.', tags: ['idle'], on: gone },
    DELETE_FAILED: { description: 'It could not be deleted.', tags: ['err'], on: again },
    DELETE_SKIPPED: { description: 'It is there still, but belongs to no stack any more.', tags: ['idle'], on: gone },
  },
})
