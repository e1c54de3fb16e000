import { EPOCH } from '../../../kernel/index.ts'
import { parseCron } from '../api/cronSchedule.ts'
import { objectKind } from '../object/objectKind.ts'
import type { CronJob } from './cronJob.ts'
import { cronJobLifecycle } from './cronjob.lifecycle.ts'
import { zoned } from './schedule.rule.ts'

/** The kind of CronJobs. */
export const cronJobKind = objectKind('CronJob', {
  lifecycle: cronJobLifecycle,
  tell: {
    Fired: (event) => `It is time: [${event.to.split('/').pop()}](${event.to}) starts a Job.`,
    Suspended: (event) => `[${event.to.split('/').pop()}](${event.to}) is suspended: nothing more is started.`,
  },
})

/** Virtual time of the next start; undefined when there will be none. */
export function nextStart(cronJob: CronJob, now: number): number | undefined {
  if (cronJob.spec.suspend) return undefined
  const parsed = parseCron(zoned(cronJob.spec.schedule, cronJob.spec.timeZone))
  const next = parsed.ok ? parsed.schedule.next(EPOCH + now) : undefined
  return next === undefined ? undefined : next - EPOCH
}
