import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and its pods must go first.' },
  Removed: { target: 'Gone', description: 'It is deleted; the garbage collector takes its pods, its claims stay.' },
} as const
const progressed = {
  target: 'Progressing',
  description: 'It has not yet the pods that it wants, of the wanted revision.',
} as const
const completed = {
  target: 'Complete',
  description: 'All its pods are there, ready and of the wanted revision.',
} as const

/**
 * The life of a StatefulSet or a DaemonSet: whether it has its pods. Models: pkg/controller/statefulset, pkg/controller/daemon
 */
export const steadyLifecycle = defineLifecycle({
  id: 'steady',
  initial: 'Progressing',
  on: objectTransitions,
  states: {
    Progressing: {
      description: 'It creates, replaces or deletes pods, or waits for one to become ready.',
      tags: ['prog'],
      on: {
        ...leave,
        Completed: completed,
        Progressed: { description: 'It counts its pods anew; they are not yet what it wants.' },
        CreateRefused: { description: 'The API server refuses the pod that it wants to create.' },
      },
    },
    Complete: {
      description: 'All its pods are there, ready and of the wanted revision.',
      tags: ['ok'],
      on: {
        ...leave,
        Progressed: progressed,
        Completed: { description: 'It counts its pods anew; they are what it wants.' },
        CreateRefused: progressed,
      },
    },
    Terminating: terminating,
    Gone: gone,
  },
})
