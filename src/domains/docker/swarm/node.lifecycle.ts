import { defineLifecycle } from '../../../kernel/index.ts'

const common = {
  Updated: { description: 'Its availability or its labels are changed.' },
  RoleChanged: { description: 'It becomes a manager, or a worker again.' },
  Locked: { description: 'It cannot read its share of the managers’ state without the unlock key.' },
  Unlocked: { description: 'Somebody gives it the unlock key.' },
} as const
const removed = { target: 'Gone', description: 'It is taken off the list of nodes.' } as const

/**
 * A machine in the swarm, as its managers see it.
 * Models: swarmkit api.NodeStatus and manager/dispatcher
 */
export const nodeLifecycle = defineLifecycle({
  id: 'docker.Node',
  initial: 'ready',
  on: common,
  states: {
    ready: {
      description: 'Its agent sends heartbeats and takes tasks.',
      tags: ['ok'],
      on: {
        HeartbeatMissed: { target: 'down', description: 'Three heartbeats in a row did not come.' },
        Left: { target: 'down', description: 'It leaves the swarm, and its tasks end.' },
        Removed: removed,
      },
    },
    down: {
      description: 'The managers hear nothing of it: what should run there is started elsewhere.',
      tags: ['err'],
      on: {
        HeartbeatResumed: { target: 'ready', description: 'Its agent registers with a manager again.' },
        Left: { description: 'It has left the swarm.' },
        Removed: removed,
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
