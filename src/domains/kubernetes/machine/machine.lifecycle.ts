import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * The machine under a cluster node, which the API server cannot see: it only hears from the kubelet on it.
 * Models: a virtual machine with its network.
 */
export const machineLifecycle = defineLifecycle({
  id: 'machine',
  initial: 'Up',
  delays: { boot: 'How long the machine takes to start and its kubelet to report.' },
  states: {
    Up: {
      description: 'The machine runs and reaches the network.',
      tags: ['ok'],
      on: {
        Crashed: { target: 'Down', description: 'The machine dies, and everything that ran on it with it.' },
        CutOff: { target: 'CutOff', description: 'The network to the machine is cut; what runs on it runs on.' },
        Removed: { target: 'Gone', description: 'The machine is taken away for good.' },
      },
    },
    CutOff: {
      description: 'The machine runs on, but nobody can reach it and it reaches nobody.',
      tags: ['err'],
      on: {
        Rejoined: { target: 'Up', description: 'The network is back, and the kubelet reports again.' },
        Crashed: { target: 'Down', description: 'The machine dies while it is cut off.' },
        Removed: { target: 'Gone', description: 'The machine is taken away for good.' },
      },
    },
    Down: {
      description: 'The machine is dead: no kubelet, no containers, no answers.',
      tags: ['err'],
      on: {
        Booted: { target: 'Booting', description: 'Someone starts the machine again.' },
        Removed: { target: 'Gone', description: 'The machine is taken away for good.' },
      },
    },
    Booting: {
      description: 'The machine starts; containers of before are gone.',
      tags: ['prog'],
      on: { Removed: { target: 'Gone', description: 'The machine is taken away for good.' } },
      after: { boot: { target: 'Up', description: 'The machine is up and its kubelet reports.' } },
    },
    Gone: { description: 'The machine no longer exists.', type: 'final' },
  },
})
