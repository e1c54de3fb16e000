import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and its Jobs must go first.' },
  Removed: { target: 'Gone', description: 'It is deleted; the garbage collector takes its Jobs.' },
} as const
const fired = { target: 'Active', description: 'A start is due, and a Job is created.' } as const
const suspended = { target: 'Suspended', description: 'Someone suspends it: nothing more is started.' } as const
const waiting = { target: 'Waiting', description: 'None of its Jobs runs.' } as const

/** The life of a CronJob. Models: pkg/controller/cronjob/cronjob_controllerv2.go */
export const cronJobLifecycle = defineLifecycle({
  id: 'cronjob',
  initial: 'Waiting',
  on: objectTransitions,
  states: {
    Waiting: {
      description: 'It waits for its next time.',
      tags: ['idle'],
      on: { ...leave, Fired: fired, Suspended: suspended },
    },
    Active: {
      description: 'At least one of its Jobs runs.',
      tags: ['prog'],
      on: {
        ...leave,
        Fired: { description: 'Another start is due.' },
        Finished: waiting,
        Suspended: suspended,
      },
    },
    Suspended: {
      description: 'Nothing is started until it is resumed; running Jobs go on.',
      tags: ['pend'],
      on: { ...leave, Resumed: { target: 'Waiting', description: 'Someone resumes it.' } },
    },
    Terminating: terminating,
    Gone: gone,
  },
})
