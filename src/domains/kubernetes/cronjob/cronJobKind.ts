import { objectKind } from '../object/objectKind.ts'
import { cronJobLifecycle } from './cronjob.lifecycle.ts'

/** The kind of CronJobs. */
export const cronJobKind = objectKind('CronJob', {
  lifecycle: cronJobLifecycle,
  tell: {
    Fired: (event) => `It is time: [${event.to.split('/').pop()}](${event.to}) starts a Job.`,
    Suspended: (event) => `[${event.to.split('/').pop()}](${event.to}) is suspended: nothing more is started.`,
  },
})
