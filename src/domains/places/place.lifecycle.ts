import { defineLifecycle } from '../../kernel/index.ts'

/**
 * A place where machines stand. What fails in it is the machines, so a place itself is only there or gone.
 * Models: a cloud provider's region or availability zone.
 */
export const placeLifecycle = defineLifecycle({
  id: 'place',
  initial: 'Open',
  states: {
    Open: {
      description: 'Machines can be placed here.',
      tags: ['ok'],
      on: {
        WentDark: { target: 'Dark', description: 'The whole place loses its power or its network.' },
        Closed: { target: 'Gone', description: 'Nothing stands here any more.' },
      },
    },
    Dark: {
      description: 'Nothing in this place answers.',
      tags: ['err'],
      on: { CameBack: { target: 'Open', description: 'Power and network are back.' } },
    },
    Gone: { description: 'The place is no longer used.', type: 'final' },
  },
})
