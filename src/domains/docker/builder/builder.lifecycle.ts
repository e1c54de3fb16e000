import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * A builder that somebody named. Whether its nodes run is the state of their containers.
 * Models: buildx store/nodegroup.go
 */
export const builderLifecycle = defineLifecycle({
  id: 'docker.Builder',
  initial: 'Present',
  states: {
    Present: {
      description: 'Builds can be sent to it; its nodes start with the first one.',
      tags: ['ok'],
      on: {
        NodesChanged: { description: 'A node is added to it, changed or taken from it.' },
        Removed: { target: 'Gone', description: 'It is removed, with the containers of its nodes.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
