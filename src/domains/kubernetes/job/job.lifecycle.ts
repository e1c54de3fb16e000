import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and its pods must go first.' },
  Removed: { target: 'Gone', description: 'It is deleted; the garbage collector takes its pods.' },
} as const
const counted = { description: 'It counts its pods anew.' } as const
const completed = { target: 'Complete', description: 'As many pods have succeeded as it needs.' } as const
const failed = { target: 'Failed', description: 'It is given up: too many failures, or too late.' } as const
const expire = { target: 'Expired', description: 'Its time to live after the end is over.' } as const

/**
 * The life of a Job. Models: pkg/controller/job/job_controller.go, pkg/controller/ttlafterfinished
 */
export const jobLifecycle = defineLifecycle({
  id: 'job',
  initial: 'Running',
  delays: {
    activeDeadline: 'How long it may run: spec.activeDeadlineSeconds.',
    ttl: 'How long it stays after its end: spec.ttlSecondsAfterFinished.',
  },
  on: objectTransitions,
  states: {
    Running: {
      description: 'Its pods run until enough of them have succeeded.',
      tags: ['prog'],
      on: {
        ...leave,
        Counted: counted,
        Suspended: { target: 'Suspended', description: 'Someone suspends it: its running pods are deleted.' },
        Ending: { target: 'Ending', description: 'How it ends is decided; its last pods are ending.' },
        Completed: completed,
        Failed: failed,
      },
      after: {
        activeDeadline: { target: 'Overdue', description: 'It has run for as long as it may.' },
      },
    },
    Overdue: {
      description: 'It has run for as long as it may, and the controller is about to end it.',
      tags: ['warn'],
      on: {
        ...leave,
        Counted: counted,
        Ending: { target: 'Ending', description: 'How it ends is decided; its last pods are ending.' },
        Completed: completed,
        Failed: failed,
      },
    },
    Suspended: {
      description: 'It runs no pods until someone resumes it.',
      tags: ['pend'],
      on: {
        ...leave,
        Counted: counted,
        Resumed: { target: 'Running', description: 'Someone resumes it.' },
        Completed: completed,
        Failed: failed,
      },
    },
    Ending: {
      description: 'How it ends is decided, but some of its pods still have to end.',
      tags: ['prog'],
      on: { ...leave, Counted: counted, Completed: completed, Failed: failed },
    },
    Complete: {
      description: 'As many pods have succeeded as it needs. It stays until it is deleted.',
      tags: ['ok'],
      on: { ...leave, Counted: counted },
      after: { ttl: expire },
    },
    Failed: {
      description: 'It was given up. It stays until it is deleted, so that one can see why.',
      tags: ['err'],
      on: { ...leave, Counted: counted },
      after: { ttl: expire },
    },
    Expired: {
      description: 'Its time to live after the end is over, and it is about to be deleted.',
      tags: ['idle'],
      on: leave,
    },
    Terminating: { ...terminating, on: { ...terminating.on, Counted: counted } },
    Gone: gone,
  },
})
