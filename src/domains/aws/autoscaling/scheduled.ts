import { type Emission, EPOCH, rules, type World } from '../../../kernel/index.ts'
import type { Group } from './group.ts'

/** What of a group's schedule is due now, and how long until the next is. */
export function dueAction(
  world: World,
  group: Group,
): { readonly emit: readonly Emission[]; readonly wait: number | undefined } {
  if (group.suspended.includes('ScheduledActions')) return { emit: [], wait: undefined }
  let wait: number | undefined
  for (const action of group.scheduled) {
    const at = (action.StartTime ?? Number.POSITIVE_INFINITY) - EPOCH - world.now
    if (at > 0) {
      if (Number.isFinite(at)) wait = Math.min(wait ?? at, at)
      continue
    }
    const MinSize = action.MinSize ?? group.MinSize
    const MaxSize = action.MaxSize ?? group.MaxSize
    const DesiredCapacity = Math.min(MaxSize, Math.max(MinSize, action.DesiredCapacity ?? group.DesiredCapacity))
    const next = action.Recurrence === undefined ? undefined : nextRun(action.Recurrence, EPOCH + world.now)
    const over = next === undefined || (action.EndTime !== undefined && next > action.EndTime)
    const scheduled = group.scheduled.flatMap((one) =>
      one !== action ? [one] : over ? [] : [{ ...one, StartTime: next }],
    )
    const moment = new Date(EPOCH + world.now).toISOString().replace('.000Z', 'Z')
    const cause = `At ${moment} a scheduled action update of AutoScalingGroup constraints to min: ${MinSize}, max: ${MaxSize}, desired: ${DesiredCapacity} changing the desired capacity from ${group.DesiredCapacity} to ${DesiredCapacity}.`
    return {
      emit: [{ to: group.id, type: 'Changed', data: { MinSize, MaxSize, DesiredCapacity, scheduled, cause } }],
      wait,
    }
  }
  return { emit: [], wait }
}

/** When a recurrence (five fields of cron, UTC) is due next after a moment, both in ms since 1970; undefined for never or none. */
export function nextRun(recurrence: string, after: number): number | undefined {
  const [minute, hour, day = '*', month, weekday = '*'] = recurrence.trim().split(/\s+/)
  if (month === undefined) return undefined
  const shifted = weekday.replace(/\d/g, (digit) => String((Number(digit) % 7) + 1))
  const days = weekday === '*' ? `${day} ${month} ?` : `? ${month} ${shifted}`
  const expression = `cron(${minute} ${hour} ${days} *)`
  // The rule of EventBridge's schedules knows the same fields; it is found by its name, for the services do not know each other.
  const schedule = rules.get('events.cron')?.decide as unknown as
    | ((question: { readonly expression: string; readonly after: number }) => { readonly next?: number | undefined })
    | undefined
  return schedule?.({ expression, after }).next
}
