import { defineRule } from '../../../kernel/rule.ts'
import { type CronSchedule, parseCron } from '../api/cronSchedule.ts'

/**
 * Which start a CronJob is due for.
 * Models: pkg/controller/cronjob/utils.go mostRecentScheduleTime, nextScheduleTimeDuration
 */
export const cronSchedule = defineRule({
  id: 'k8s.cronjob.schedule',
  says: 'Of all the times missed since the last start only the most recent one counts; more than a hundred are too many to be told.',
  source: 'pkg/controller/cronjob/utils.go mostRecentScheduleTime',
  decide: mostRecentScheduleTime,
  vector: (input: ScheduleCase) => {
    const parsed = parseCron(zoned(input.schedule, input.timeZone))
    if (!parsed.ok) return { error: parsed.error }
    const { schedule } = parsed
    if (input.fn === 'parse') return { error: null }
    if (input.fn === 'next') {
      const times: string[] = []
      for (let time = schedule.next(Date.parse(input.after ?? '')); time !== undefined; time = schedule.next(time)) {
        if (times.length >= (input.count ?? 1)) break
        times.push(rfc3339(time))
      }
      return { times }
    }
    const question = {
      schedule,
      now: Date.parse(input.now ?? ''),
      creationTime: Date.parse(input.creationTimestamp ?? ''),
      lastScheduleTime: input.lastScheduleTime ? Date.parse(input.lastScheduleTime) : null,
      startingDeadline: isNumber(input.startingDeadlineSeconds) ? input.startingDeadlineSeconds * 1000 : null,
    }
    if (input.fn === 'nextScheduleTimeDuration') return { seconds: nextScheduleDelay(question) / 1000 }
    const verdict = mostRecentScheduleTime({
      ...question,
      startingDeadline: input.includeStartingDeadlineSeconds ? question.startingDeadline : null,
    })
    return {
      earliestTime: rfc3339(verdict.earliestTime),
      mostRecentTime: verdict.mostRecentTime === null ? null : rfc3339(verdict.mostRecentTime),
      missedSchedules: verdict.missedSchedules,
      ...(verdict.error === undefined ? {} : { error: verdict.error }),
    }
  },
})

/** Times in ms; `startingDeadline` (ms) is null when the CronJob has none. */
export interface ScheduleQuestion {
  readonly schedule: CronSchedule
  readonly now: number
  readonly creationTime: number
  readonly lastScheduleTime: number | null
  readonly startingDeadline: number | null
}

/** `few` is 1 to 100 missed starts, `many` more; a single start that has just come is `none`. */
export interface ScheduleVerdict {
  readonly earliestTime: number
  readonly mostRecentTime: number | null
  readonly missedSchedules: 'none' | 'few' | 'many'
  readonly error?: string
}

/** Looks from the last start (or creation, or as far back as the deadline reaches) to now. */
export function mostRecentScheduleTime(input: ScheduleQuestion): ScheduleVerdict {
  const { schedule, now } = input
  let earliestTime = input.lastScheduleTime ?? input.creationTime
  if (input.startingDeadline !== null) earliestTime = Math.max(earliestTime, now - input.startingDeadline)
  const nothing = { earliestTime, mostRecentTime: null, missedSchedules: 'none' } as const
  const first = schedule.next(earliestTime)
  const second = first === undefined ? undefined : schedule.next(first)
  if (first === undefined) return { ...nothing, error: TOO_DENSE }
  if (now < first) return nothing
  if (second !== undefined && now < second) return { ...nothing, mostRecentTime: first }
  const between = second === undefined ? 0 : Math.round((second - first) / 1000)
  if (between < 1) return { ...nothing, error: TOO_DENSE }
  const missed = Math.floor(Math.floor((now - first) / 1000) / between) + 1
  // Two intervals back, because intervals may differ in length; from there the schedule itself leads on.
  let mostRecentTime: number | null = null
  let time = schedule.next(first + (missed - 2) * between * 1000)
  while (time !== undefined && time <= now) {
    mostRecentTime = time
    time = schedule.next(time)
  }
  return { earliestTime, mostRecentTime, missedSchedules: missed > 100 ? 'many' : missed > 0 ? 'few' : 'none' }
}

/** Milliseconds until the CronJob must be looked at again, exactly; the controller adds 100 ms so as not to be early. */
export function nextScheduleDelay(input: ScheduleQuestion): number {
  const { schedule, now } = input
  const verdict = mostRecentScheduleTime({ ...input, startingDeadline: null })
  let from = verdict.mostRecentTime ?? now
  if (verdict.error !== undefined) from = now
  else if (verdict.mostRecentTime === null && verdict.missedSchedules === 'none') from = verdict.earliestTime
  return (schedule.next(from) ?? now) - now
}

/** The schedule with its zone before it, as the parser takes both; a zone already in the schedule stays. */
export function zoned(schedule: string, timeZone: string | null | undefined): string {
  return schedule.includes('TZ') || timeZone === null || timeZone === undefined
    ? schedule
    : `TZ=${timeZone} ${schedule}`
}

/** RFC 3339 in UTC, whole seconds. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

const TOO_DENSE = 'time difference between two schedules is less than 1 second'

interface ScheduleCase {
  readonly fn: string
  readonly schedule: string
  readonly timeZone?: string | null
  readonly after?: string
  readonly count?: number
  readonly now?: string
  readonly creationTimestamp?: string
  readonly lastScheduleTime?: string | null
  readonly startingDeadlineSeconds?: number | null
  readonly includeStartingDeadlineSeconds?: boolean
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number'
}
