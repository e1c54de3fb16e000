import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * An image on an engine.
 * Models: moby daemon/images and its reference store.
 */
export const imageLifecycle = defineLifecycle({
  id: 'docker.Image',
  initial: 'Present',
  states: {
    Present: {
      description: 'The engine has the image; containers can be made of it.',
      tags: ['ok'],
      on: {
        Tagged: { description: 'It has another name.' },
        Untagged: { description: 'It has lost a name; without any it is dangling.' },
        Pulled: { description: 'It is in the registry as it is here: nothing had to be fetched.' },
        Removed: { target: 'Gone', description: 'The engine deletes it, with the layers that no other image has.' },
      },
    },
    Gone: { description: 'The engine does not have it any more.', type: 'final' },
  },
})
