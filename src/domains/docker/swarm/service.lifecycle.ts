import { defineLifecycle } from '../../../kernel/index.ts'

const changed = { target: 'steady', description: 'Somebody wants it otherwise.' } as const
const removed = { target: 'gone', description: 'Somebody removes it, and all of its tasks with it.' } as const
const started = { target: 'updating', description: 'The orchestrator begins to replace its tasks.' } as const
const back = { target: 'rollingBack', description: 'Its tasks are replaced by such as they were before.' } as const

/**
 * A service with its updates.
 * Models: swarmkit api.Service and manager/orchestrator/update
 */
export const serviceLifecycle = defineLifecycle({
  id: 'docker.Service',
  initial: 'steady',
  on: {
    Published: { description: 'It is given ports or a virtual address.' },
    Balanced: { description: 'A connection to it is led to one of its tasks.' },
  },
  states: {
    steady: {
      description: 'No update is under way.',
      tags: ['ok'],
      on: { SpecChanged: changed, UpdateStarted: started, RollbackStarted: back, Removed: removed },
    },
    updating: {
      description: 'Its tasks are being replaced, a few at a time.',
      tags: ['prog'],
      on: {
        SpecChanged: changed,
        UpdateCompleted: { target: 'steady', description: 'All tasks are as they are wanted.' },
        UpdatePaused: { target: 'paused', description: 'New tasks failed: the update stops where it is.' },
        RollbackStarted: back,
        Removed: removed,
      },
    },
    paused: {
      description: 'Its update stopped because new tasks failed; it waits for somebody.',
      tags: ['err'],
      on: { SpecChanged: changed, RollbackStarted: back, Removed: removed },
    },
    rollingBack: {
      description: 'Its tasks are being replaced by such as they were before.',
      tags: ['warn'],
      on: {
        SpecChanged: changed,
        RollbackCompleted: { target: 'steady', description: 'All tasks are as they were before.' },
        RollbackPaused: { target: 'rollbackPaused', description: 'Tasks of the old sort fail too.' },
        Removed: removed,
      },
    },
    rollbackPaused: {
      description: 'Its rollback stopped because tasks failed; it waits for somebody.',
      tags: ['err'],
      on: { SpecChanged: changed, RollbackStarted: back, Removed: removed },
    },
    gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
