import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and its pods must go first.' },
  Removed: { target: 'Gone', description: 'It is deleted; the garbage collector takes its pods.' },
} as const
const scaled = { target: 'Converging', description: 'Another number of pods is wanted.' } as const
const converging = { target: 'Converging', description: 'It has not as many ready pods as it wants.' } as const
const settled = { target: 'Settled', description: 'As many pods are ready as it wants.' } as const
const emptied = { target: 'Empty', description: 'It wants no pods and has none.' } as const
const refused = { target: 'Blocked', description: 'The API server refuses the pod that it wants to create.' } as const

/**
 * The life of a ReplicaSet, by whether it has what it wants.
 * Models: pkg/controller/replicaset/replica_set.go
 */
export const replicaSetLifecycle = defineLifecycle({
  id: 'replicaset',
  initial: 'Converging',
  on: objectTransitions,
  states: {
    Converging: {
      description: 'It creates or deletes pods, or waits for them to become ready.',
      tags: ['prog'],
      on: {
        ...leave,
        Scaled: { description: 'Another number of pods is wanted.' },
        Converging: { description: 'It counts its pods anew; they are not yet what it wants.' },
        Settled: settled,
        Emptied: emptied,
        CreateRefused: refused,
      },
    },
    Settled: {
      description: 'It has as many ready pods as it wants.',
      tags: ['ok'],
      on: {
        ...leave,
        Scaled: scaled,
        Converging: converging,
        Settled: { description: 'It counts its pods anew; they are what it wants.' },
        Emptied: emptied,
        CreateRefused: refused,
      },
    },
    Empty: {
      description: 'It wants no pods: an old revision that is kept so that one can go back to it.',
      tags: ['idle'],
      on: {
        ...leave,
        Scaled: scaled,
        Converging: converging,
        Settled: settled,
        Emptied: { description: 'It counts its pods anew; there are none.' },
        CreateRefused: refused,
      },
    },
    Blocked: {
      description: 'It may not create the pods that it wants, and tries again after ever longer waits.',
      tags: ['err'],
      on: {
        ...leave,
        Scaled: scaled,
        Converging: converging,
        Settled: settled,
        Emptied: emptied,
        CreateRefused: { description: 'The API server refuses again.' },
      },
    },
    Terminating: {
      ...terminating,
      on: {
        ...terminating.on,
        Converging: { description: 'It counts its pods while it is being deleted.' },
        Settled: { description: 'It counts its pods while it is being deleted.' },
        Emptied: { description: 'It counts its pods while it is being deleted: there are none left.' },
      },
    },
    Gone: gone,
  },
})
