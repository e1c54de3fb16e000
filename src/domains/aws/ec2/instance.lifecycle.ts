import { defineLifecycle } from '../../../kernel/index.ts'

const terminate = {
  target: 'shutting-down',
  description: 'Someone terminates it: what is on its root volume will be lost.',
} as const
const changed = { description: 'Someone changes what is kept of it: tags, security groups, its type.' } as const
const crashed = { description: 'The machine under it, or its operating system, fails: nothing on it answers.' } as const
const recovered = { description: 'The machine works again.' } as const

/**
 * The life of a virtual machine. `Crashed` and `Recovered` change what the status checks say, not the state.
 * Models: Amazon EC2 user guide, instance lifecycle; InstanceState of the EC2 API.
 */
export const instanceLifecycle = defineLifecycle({
  id: 'ec2Instance',
  initial: 'pending',
  delays: {
    launch: 'Until a host is found and the machine is powered on.',
    shutdown: 'Until the operating system has shut down.',
    forget: 'How long a terminated instance stays in descriptions.',
  },
  on: { Changed: changed },
  states: {
    pending: {
      description: 'A host is being prepared for it.',
      tags: ['prog'],
      on: { Terminated: terminate, Stopped: { target: 'stopping', description: 'Someone stops it.' } },
      after: { launch: { target: 'running', description: 'It is powered on, and its operating system boots.' } },
    },
    running: {
      description: 'It is powered on, and paid for.',
      tags: ['ok'],
      on: {
        Stopped: { target: 'stopping', description: 'Someone stops it.' },
        Terminated: terminate,
        Rebooted: { description: 'Its operating system starts anew; it stays on the same host.' },
        Crashed: crashed,
        Recovered: recovered,
      },
    },
    stopping: {
      description: 'Its operating system shuts down.',
      tags: ['prog'],
      on: { Terminated: terminate },
      after: { shutdown: { target: 'stopped', description: 'It is powered off; its volumes remain.' } },
    },
    stopped: {
      description: 'It is powered off: only its storage is paid for.',
      tags: ['idle'],
      on: {
        Started: { target: 'pending', description: 'Someone starts it again, on another host.' },
        Terminated: terminate,
      },
    },
    'shutting-down': {
      description: 'It shuts down for the last time.',
      tags: ['prog'],
      after: { shutdown: { target: 'terminated', description: 'It is gone; its root volume is deleted.' } },
    },
    terminated: {
      description: 'It no longer exists, but is described for about an hour.',
      tags: ['idle'],
      after: { forget: { target: 'Gone', description: 'It is described no longer.' } },
    },
    Gone: { description: 'Nothing is left of it.', type: 'final' },
  },
})
