import { defineLifecycle } from '../../kernel/lifecycle.ts'

/** Models: nothing real. A rule of this world, once somebody has had it replaced. */
export const ruleLifecycle = defineLifecycle({
  id: 'lab.Rule',
  initial: 'Replaced',
  states: {
    Replaced: {
      description: 'This world decides by something else than what really holds.',
      tags: ['warn'],
      on: {
        Restored: { target: 'Real', description: 'The rule holds again as it really is.' },
        Replaced: { target: 'Replaced', reenter: true, description: 'Something else again is decided in its place.' },
      },
    },
    Real: {
      description: 'The rule holds as it really is.',
      tags: ['ok'],
      on: { Replaced: { target: 'Replaced', description: 'From now on something else is decided in its place.' } },
    },
  },
})
