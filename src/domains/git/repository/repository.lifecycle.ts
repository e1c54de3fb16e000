import { defineLifecycle } from '../../../kernel/index.ts'

/** Models: a repository on a git server, from its creation to its removal. */
export const repositoryLifecycle = defineLifecycle({
  id: 'repository',
  initial: 'Empty',
  states: {
    Empty: {
      description: 'It was created, and nothing was pushed to it yet.',
      tags: ['idle'],
      on: {
        Pushed: { target: 'Active', description: 'The first commits arrive.' },
        Deleted: { target: 'Deleted', description: 'It is removed from its server, empty.' },
      },
    },
    Active: {
      description: 'It holds commits that can be fetched.',
      tags: ['ok'],
      on: {
        Pushed: { description: 'A branch or a tag is created, moved or deleted.' },
        Deleted: { target: 'Deleted', description: 'It is removed from its server with its commits.' },
      },
    },
    Deleted: { description: 'It is gone with all that it held.', type: 'final' },
  },
  on: {
    ObjectsStored: { description: 'Commits are kept that no branch leads to.' },
    HeadMoved: { description: 'Another branch becomes the default.' },
    Renamed: { description: 'It gets another name and address.' },
  },
})
