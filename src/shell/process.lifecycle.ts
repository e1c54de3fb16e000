import { defineLifecycle } from '../kernel/lifecycle.ts'

/** Models: a Linux process (running, sleeping until woken, exited); see signal(7) and wait(2). */
export const processLifecycle = defineLifecycle({
  id: 'shell.Process',
  initial: 'Running',
  delays: { due: 'Until the moment that it asked to be woken at.' },
  states: {
    Running: {
      description: 'It has something to do at once.',
      on: {
        Stepped: { description: 'It ran until something that it did could have its effect.' },
        Waited: { target: 'Waiting', description: 'It ran until it had to wait.' },
        Exited: { target: 'Exited', description: 'It ended.' },
        Typed: { description: 'A line was typed to it.' },
        Signalled: { description: 'It was sent a signal.' },
        Heard: { description: 'A process that it started elsewhere wrote something.' },
        Ended: { description: 'A process that it started has ended.' },
        Noticed: { description: 'Something that it watches has changed.' },
      },
    },
    Waiting: {
      description: 'It waits for time to pass, for input, or for something to change.',
      on: {
        Typed: { target: 'Running', description: 'A line was typed to it.' },
        Signalled: { target: 'Running', description: 'It was sent a signal.' },
        Heard: { target: 'Running', description: 'A process that it started elsewhere wrote something.' },
        Ended: { target: 'Running', description: 'A process that it started has ended.' },
        Noticed: { target: 'Running', description: 'Something that it watches has changed.' },
      },
      after: { due: { target: 'Running', description: 'The time that it waited for has come.' } },
    },
    Exited: { description: 'It has ended.', type: 'final' },
  },
})
