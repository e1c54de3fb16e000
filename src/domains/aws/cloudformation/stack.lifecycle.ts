import { defineLifecycle, type StateDefinition, type TransitionDefinition } from '../../../kernel/index.ts'

const to = (target: string, description: string): TransitionDefinition => ({ target, description })

const settings = {
  Changed: { description: 'Its protection, policy or tags change.' },
} as const
const working = { ...settings }

const rest = (description: string, tone: string, more: StateDefinition['on'] = {}): StateDefinition => ({
  description,
  tags: [tone],
  on: {
    ...settings,
    UpdateBegan: to('UPDATE_IN_PROGRESS', 'Its template or parameters are to be others.'),
    DeleteBegan: to('DELETE_IN_PROGRESS', 'It is to be deleted with all that is in it.'),
    ...more,
  },
})

const ended = (description: string, tone: string, more: StateDefinition['on'] = {}): StateDefinition => ({
  description,
  tags: [tone],
  on: { ...settings, DeleteBegan: to('DELETE_IN_PROGRESS', 'It is to be deleted with all that is in it.'), ...more },
})

const busy = (description: string, on: StateDefinition['on']): StateDefinition => ({
  description,
  tags: ['prog'],
  on: { ...working, ...on },
})

/**
 * A stack.
 * Models: AWS CloudFormation API, Stack.StackStatus
 */
export const stackLifecycle = defineLifecycle({
  id: 'aws.cloudformation.Stack',
  initial: 'REVIEW_IN_PROGRESS',
  states: {
    REVIEW_IN_PROGRESS: busy('It was made for a change set, and nothing of it is there yet.', {
      CreateBegan: to('CREATE_IN_PROGRESS', 'Its resources are to be made.'),
      DeleteBegan: to('DELETE_IN_PROGRESS', 'It is to be deleted.'),
    }),
    CREATE_IN_PROGRESS: busy('Its resources are being made, each after those that it depends on.', {
      CreateCompleted: to('CREATE_COMPLETE', 'All of its resources are there.'),
      CreateFailed: to('CREATE_FAILED', 'A resource cannot be made, and what is there is kept.'),
      RollbackBegan: to('ROLLBACK_IN_PROGRESS', 'A resource cannot be made: what was made is taken away again.'),
      DeleteBegan: to('DELETE_IN_PROGRESS', 'It is to be deleted.'),
    }),
    CREATE_FAILED: ended('A resource could not be made; the others are kept.', 'err', {
      RollbackBegan: to('ROLLBACK_IN_PROGRESS', 'What was made is taken away again.'),
    }),
    CREATE_COMPLETE: rest('All of its resources are there.', 'ok'),
    ROLLBACK_IN_PROGRESS: busy('What was made is taken away again.', {
      RollbackCompleted: to('ROLLBACK_COMPLETE', 'Nothing of it is left.'),
      RollbackFailed: to('ROLLBACK_FAILED', 'A resource cannot be removed.'),
    }),
    ROLLBACK_COMPLETE: ended('Its creation failed and nothing of it is left: it can only be deleted.', 'err'),
    ROLLBACK_FAILED: ended('Its creation failed, and some of it cannot be removed.', 'err'),
    UPDATE_IN_PROGRESS: busy('Resources are being made, changed or replaced.', {
      CleanupBegan: to('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'All is as wanted: what is not needed any more goes.'),
      UpdateFailed: to('UPDATE_FAILED', 'A resource cannot be changed, and what was done is kept.'),
      RollbackBegan: to('UPDATE_ROLLBACK_IN_PROGRESS', 'A resource cannot be changed: all goes back to what it was.'),
    }),
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: busy('Replaced and removed resources are deleted.', {
      UpdateCompleted: to('UPDATE_COMPLETE', 'Nothing of what was before is left.'),
    }),
    UPDATE_COMPLETE: rest('It is as it was last asked to be.', 'ok'),
    UPDATE_FAILED: rest('A resource could not be changed; what was done is kept.', 'err', {
      RollbackBegan: to('UPDATE_ROLLBACK_IN_PROGRESS', 'All goes back to what it was.'),
    }),
    UPDATE_ROLLBACK_IN_PROGRESS: busy('All goes back to what it was before the update.', {
      CleanupBegan: to('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'What the update had made goes.'),
      RollbackFailed: to('UPDATE_ROLLBACK_FAILED', 'A resource cannot be brought back.'),
    }),
    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: busy('What the update had made is deleted.', {
      RollbackCompleted: to('UPDATE_ROLLBACK_COMPLETE', 'It is as it was before the update.'),
    }),
    UPDATE_ROLLBACK_COMPLETE: rest('An update failed, and it is as it was before.', 'warn'),
    UPDATE_ROLLBACK_FAILED: ended('An update failed, and so did going back: it waits to be continued.', 'err', {
      RollbackBegan: to('UPDATE_ROLLBACK_IN_PROGRESS', 'Going back is tried once more.'),
    }),
    DELETE_IN_PROGRESS: busy('Its resources are being deleted, each before those that it depends on.', {
      DeleteCompleted: to('DELETE_COMPLETE', 'Nothing of it is left.'),
      DeleteFailed: to('DELETE_FAILED', 'A resource cannot be deleted.'),
    }),
    DELETE_FAILED: ended('Some of it cannot be deleted.', 'err'),
    DELETE_COMPLETE: { description: 'It was deleted; what happened to it can still be read.', tags: ['idle'] },
  },
})
