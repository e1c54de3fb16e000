import { objectKind } from '../object/objectKind.ts'
import { jobLifecycle } from './job.lifecycle.ts'
import { type Job, timeLeft } from './job.ts'

/** The kind of Jobs. */
export const jobKind = objectKind('Job', {
  lifecycle: jobLifecycle,
  delays: {
    activeDeadline: (entity, world) => timeLeft(entity as Job, world.now),
    ttl: (entity) => {
      const seconds = (entity as Job).spec.ttlSecondsAfterFinished
      return seconds === undefined ? Number.POSITIVE_INFINITY : seconds * 1000
    },
  },
  tell: {
    Completed: (event) => `The Job [${event.to.split('/').pop()}](${event.to}) is complete.`,
    Failed: (event) => `The Job [${event.to.split('/').pop()}](${event.to}) has failed.`,
    Suspended: (event) => `The Job [${event.to.split('/').pop()}](${event.to}) is suspended.`,
  },
})
