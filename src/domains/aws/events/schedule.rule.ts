import { defineRule } from '../../../kernel/index.ts'
import { nextTime, parseSchedule } from './scheduleExpression.ts'

/** `rate(...)` or `cron(...)`, and the time in ms since 1970 after which it is asked for. */
export interface ScheduleQuestion {
  readonly expression: string
  readonly after?: number
}

/** When a schedule is due next; `after` and `next` in ms since 1970, a rate in minutes. */
export interface ScheduleVerdict {
  readonly valid: boolean
  readonly next?: number | undefined
  readonly intervalMinutes?: number
}

/**
 * When a scheduled rule fires.
 * Models: Amazon EventBridge User Guide, "Cron expressions", "Rate expressions"
 */
export const eventsSchedule = defineRule({
  id: 'events.cron',
  says: 'A rate fires every so many minutes; a cron expression at the next minute, strictly later, that fits all six fields in UTC.',
  source: 'Amazon EventBridge User Guide, eb-create-rule-schedule',
  decide: verdictOf,
  vector: ({ expression, after }: { readonly expression: string; readonly after?: string }) => {
    const verdict = verdictOf({ expression, ...(after ? { after: Date.parse(after) } : {}) })
    if (!verdict.valid || verdict.intervalMinutes !== undefined) return verdict
    const next = verdict.next === undefined ? null : new Date(verdict.next).toISOString().replace('.000Z', 'Z')
    return { valid: true, next }
  },
})

function verdictOf({ expression, after = 0 }: ScheduleQuestion): ScheduleVerdict {
  const schedule = parseSchedule(expression)
  if (!schedule) return { valid: false }
  if ('rate' in schedule) return { valid: true, intervalMinutes: schedule.rate }
  return { valid: true, next: nextTime(schedule, after) }
}
