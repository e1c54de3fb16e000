import { defineRule } from '../../../kernel/rule.ts'
import { parseCron } from '../api/cronSchedule.ts'
import { TimeZone } from '../api/timeZone.ts'
import { mostRecentScheduleTime, nextScheduleDelay, rfc3339, zoned } from './schedule.rule.ts'

/**
 * What the CronJob controller does when it looks at a CronJob.
 * Models: pkg/controller/cronjob/cronjob_controllerv2.go syncCronJob
 */
export const cronSync = defineRule({
  id: 'k8s.cronjob.sync',
  says: 'The most recent missed start happens unless it is too late, already happened, or a run is active and the policy is Forbid.',
  source: 'pkg/controller/cronjob/cronjob_controllerv2.go syncCronJob',
  decide: syncCronJob,
  vector: (input: CronCase) => {
    const active = input.activeJobs ?? 0
    const verdict = syncCronJob({
      name: 'mycronjob',
      concurrencyPolicy: input.concurrencyPolicy,
      suspend: input.suspend,
      schedule: input.schedule,
      timeZone: input.timeZone ?? null,
      startingDeadline: input.startingDeadlineSeconds == null ? null : input.startingDeadlineSeconds * 1000,
      creationTime: Date.parse(input.creationTimestamp),
      lastScheduleTime: input.lastScheduleTime ? Date.parse(input.lastScheduleTime) : null,
      active: Array.from({ length: active }, (_, index) => `active-${index}`),
      now: Date.parse(input.now),
    })
    const { createJob } = verdict
    return {
      createJob: createJob && { scheduledTime: rfc3339(createJob.scheduledTime), name: createJob.name },
      deleteActive: verdict.deleteJobs.length > 0,
      events: [
        ...verdict.events.map((event) => event.reason),
        ...verdict.deleteJobs.map(() => 'SuccessfulDelete'),
        ...(createJob ? ['SuccessfulCreate'] : []),
      ],
    }
  },
})

/** A CronJob: times in ms, `active` the names of its unfinished jobs, null for what is not set. */
export interface CronJobInput {
  readonly name: string
  readonly concurrencyPolicy?: string
  readonly suspend?: boolean
  readonly schedule: string
  readonly timeZone: string | null
  readonly startingDeadline: number | null
  readonly creationTime: number
  readonly lastScheduleTime: number | null
  readonly active: readonly string[]
  readonly now: number
}

/**
 * What to do: jobs to delete first, then the one to create, and the events of the decision itself (`SuccessfulDelete` and
 * `SuccessfulCreate` follow from the doing). `lookAgainIn` is ms until the next start, null when only a change can matter.
 */
export interface CronVerdict {
  readonly createJob: { readonly name: string; readonly scheduledTime: number } | null
  readonly deleteJobs: readonly string[]
  readonly events: readonly CronEvent[]
  readonly lookAgainIn: number | null
}

/** An event on the CronJob, in Kubernetes' words. */
export interface CronEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
}

/** Decides one pass. */
export function syncCronJob(input: CronJobInput): CronVerdict {
  const { now, timeZone } = input
  const events: CronEvent[] = []
  const warn = (reason: string, message: string) => events.push({ type: 'Warning', reason, message })
  const idle = (lookAgainIn: number | null): CronVerdict => ({ createJob: null, deleteJobs: [], events, lookAgainIn })

  if (timeZone !== null && !TimeZone.find(timeZone)) {
    warn('UnknownTimeZone', `invalid timeZone: ${JSON.stringify(timeZone)}: unknown time zone ${timeZone}`)
    return idle(null)
  }
  if (input.suspend) return idle(null)
  if (input.schedule.includes('TZ'))
    warn(
      'UnsupportedSchedule',
      'CRON_TZ or TZ used in schedule ' +
        JSON.stringify(input.schedule) +
        ' is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
    )
  const parsed = parseCron(zoned(input.schedule, timeZone))
  if (!parsed.ok) {
    warn('UnparseableSchedule', `unparseable schedule: ${JSON.stringify(input.schedule)} : ${parsed.error}`)
    return idle(null)
  }
  const question = { ...input, schedule: parsed.schedule }
  const due = mostRecentScheduleTime(question)
  if (due.error !== undefined) {
    warn('InvalidSchedule', `invalid schedule schedule: ${JSON.stringify(input.schedule)} : ${due.error}`)
    return idle(null)
  }
  const again = nextScheduleDelay(question)
  const start = due.mostRecentTime
  if (start === null || start > now) return idle(again)
  if (due.missedSchedules === 'many')
    warn(
      'TooManyMissedTimes',
      'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
    )
  if (input.startingDeadline !== null && start + input.startingDeadline < now) {
    warn('MissSchedule', `Missed scheduled time to start a job: ${rfc1123(start)}`)
    return idle(again)
  }
  const name = `${input.name}-${Math.floor(start / 60_000)}`
  if (input.active.includes(name) || input.lastScheduleTime === start) return idle(again)
  if (input.concurrencyPolicy === 'Forbid' && input.active.length > 0) {
    events.push({
      type: 'Normal',
      reason: 'JobAlreadyActive',
      message: 'Not starting job because prior execution is running and concurrency policy is Forbid',
    })
    return idle(again)
  }
  return {
    createJob: { name, scheduledTime: start },
    deleteJobs: input.concurrencyPolicy === 'Replace' ? input.active : [],
    events,
    lookAgainIn: nextScheduleDelay({ ...question, lastScheduleTime: start }),
  }
}

interface CronCase {
  readonly concurrencyPolicy: string
  readonly suspend: boolean
  readonly schedule: string
  readonly timeZone?: string | null
  readonly startingDeadlineSeconds?: number | null
  readonly creationTimestamp: string
  readonly lastScheduleTime?: string | null
  readonly activeJobs?: number
  readonly now: string
}

/** Go's RFC1123Z in UTC: `Thu, 19 May 2016 10:00:00 +0000`. */
function rfc1123(ms: number): string {
  return new Date(ms).toUTCString().replace(/GMT$/, '+0000')
}
