import { type Answer, type Controller, EPOCH, rules } from '../../../kernel/index.ts'
import { scale } from './scaling.ts'
import { capacityOf, type ScalableTarget, type Scheduled, TARGET } from './target.ts'

/**
 * Keeps targets within their bounds, and changes the bounds as scheduled actions say.
 * Models: Application Auto Scaling user guide, scheduled scaling
 */
export const scheduleController: Controller = {
  name: 'applicationautoscaling',
  watches: { [TARGET]: '*', 'aws.ecs.Service': '*' },
  wakes(event, world) {
    if (event.kind === TARGET) return event.to
    const [, region = '', cluster = '', service = ''] = event.to.split('/')
    const id = `${TARGET}/${region}/service/${cluster}/${service}/ecs:service:DesiredCount`
    return world.get(id) ? id : undefined
  },
  delay: () => 1000,
  reconcile(id, world) {
    const target = world.get(id) as ScalableTarget | undefined
    if (!target) return undefined
    const now = EPOCH + world.now
    const suspended = target.SuspendedState.ScheduledScalingSuspended
    const due = suspended ? undefined : target.scheduled.find((one) => one.due !== undefined && one.due <= now)
    if (due) {
      const { MinCapacity = target.MinCapacity, MaxCapacity = target.MaxCapacity } = due.ScalableTargetAction ?? {}
      const scheduled = target.scheduled.map((one) => (one === due ? { ...one, due: nextDue(one, now) } : one))
      return [{ to: id, type: 'Changed', data: { MinCapacity, MaxCapacity, scheduled } }]
    }
    const current = capacityOf(world, target)
    const answers: Answer[] = []
    if (current !== undefined && current < target.MinCapacity)
      answers.push(...scale(world, target, target.MinCapacity, `minimum capacity was set to ${target.MinCapacity}`))
    if (current !== undefined && current > target.MaxCapacity)
      answers.push(...scale(world, target, target.MaxCapacity, `maximum capacity was set to ${target.MaxCapacity}`))
    if (answers.length > 0) return answers
    const waits = suspended ? [] : target.scheduled.flatMap(({ due: at }) => (at === undefined ? [] : [at - now]))
    return waits.length > 0 ? [{ again: Math.max(1, Math.min(...waits)) }] : undefined
  },
}

/** When a scheduled action is due after a moment, in ms since 1970: `at(...)` once, `rate(...)` and `cron(...)` by EventBridge's rule. */
export function nextDue(
  action: Pick<Scheduled, 'Schedule' | 'StartTime' | 'EndTime'>,
  after: number,
): number | undefined {
  const { Schedule, StartTime = 0, EndTime = Number.POSITIVE_INFINITY } = action
  const [, once] = /^at\((.+)\)$/.exec(Schedule) ?? []
  const from = Math.max(after, StartTime - 1)
  let next: number | undefined
  if (once !== undefined) next = Date.parse(once.endsWith('Z') ? once : `${once}Z`)
  else {
    const rule = rules.get('events.cron')?.decide as unknown as
      | ((question: object) => { readonly next?: number; readonly intervalMinutes?: number })
      | undefined
    const verdict = rule?.({ expression: Schedule, after: from })
    next = verdict?.intervalMinutes === undefined ? verdict?.next : from + verdict.intervalMinutes * 60_000
  }
  return next !== undefined && next > after && next <= EndTime ? next : undefined
}
