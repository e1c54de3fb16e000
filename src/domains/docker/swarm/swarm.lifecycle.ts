import { defineLifecycle } from '../../../kernel/index.ts'

const gone = { target: 'Gone', description: 'Its last manager leaves, and its state is lost.' } as const

/**
 * The managers' common state, kept by Raft.
 * Models: swarmkit manager/state/raft
 */
export const swarmLifecycle = defineLifecycle({
  id: 'docker.Swarm',
  initial: 'Led',
  on: { Configured: { description: 'A manager changes the settings of the swarm, or one of its tokens.' } },
  states: {
    Led: {
      description: 'A majority of the managers is reachable and follows one leader: changes are accepted.',
      tags: ['ok'],
      on: {
        LeaderLost: { target: 'Electing', description: 'The leader is not heard of any more.' },
        QuorumLost: { target: 'Leaderless', description: 'Fewer than a majority of the managers is reachable.' },
        LeadershipMoved: { description: 'The leader steps down, and another manager leads.' },
        Dissolved: gone,
      },
    },
    Electing: {
      description: 'The managers wait until an election is due, and vote: no change is accepted until then.',
      tags: ['warn'],
      on: {
        Elected: { target: 'Led', description: 'A majority of the managers votes for a new leader.' },
        QuorumLost: { target: 'Leaderless', description: 'Fewer than a majority of the managers is reachable.' },
        Dissolved: gone,
      },
    },
    Leaderless: {
      description: 'No majority of the managers is reachable: tasks keep running, and nothing can be changed.',
      tags: ['err'],
      on: {
        QuorumRegained: { target: 'Electing', description: 'A majority of the managers is reachable again.' },
        Dissolved: gone,
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
