import { defineLifecycle } from '../../kernel/index.ts'

const removed = { target: 'Removed', description: 'Someone takes the client away.' } as const
const rate = { description: 'Someone changes how many requests it sends a second.' } as const
const started = { target: 'Sending', description: 'It begins to send requests.', reenter: true } as const

/**
 * The life of a load generator: it sends requests at a rate, for a while or until it is stopped. The requests themselves are no events.
 * Models: hey, ab, k6: open load at a constant arrival rate.
 */
export const clientLifecycle = defineLifecycle({
  id: 'trafficClient',
  initial: 'Idle',
  delays: { duration: 'How long it was told to send.' },
  states: {
    Idle: {
      description: 'It has a target, and sends nothing yet.',
      tags: ['idle'],
      on: { Started: started, RateSet: rate, Removed: removed },
    },
    Sending: {
      description: 'It sends requests at its rate, whether or not they are answered.',
      tags: ['ok'],
      on: {
        Started: started,
        RateSet: rate,
        Stopped: { target: 'Stopped', description: 'Someone stops it.' },
        Removed: removed,
      },
      after: { duration: { target: 'Stopped', description: 'It has sent for as long as it was told to.' } },
    },
    Stopped: {
      description: 'It has sent, and sends no more.',
      tags: ['idle'],
      on: { Started: started, RateSet: rate, Removed: removed },
    },
    Removed: { description: 'It no longer exists.', type: 'final' },
  },
})
