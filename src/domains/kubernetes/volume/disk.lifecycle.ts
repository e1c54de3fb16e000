import { defineLifecycle } from '../../../kernel/index.ts'

/** The medium behind a persistent volume. Models: a disk of a storage system, or a folder of a node. */
export const diskLifecycle = defineLifecycle({
  id: 'disk',
  initial: 'Kept',
  states: {
    Kept: {
      description: 'Something has been written on it, and is kept for whoever mounts it next.',
      tags: ['ok'],
      on: {
        Written: { description: 'A container has written files on it.' },
        Removed: { target: 'Gone', description: 'Its volume is deleted, and its data with it.' },
      },
    },
    Gone: { description: 'The data is gone.', type: 'final' },
  },
})
