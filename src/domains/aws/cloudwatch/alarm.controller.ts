import { type Answer, type Controller, EPOCH, type World } from '../../../kernel/index.ts'
import { acts, transition } from './acting.ts'
import { alarmRule } from './alarm.rule.ts'
import { ALARM, type Alarm, alarmArn, alarmId, periodOf, rangeOf, stateOf } from './alarm.ts'
import { readAlarmRule } from './compositeRule.ts'
import { reasonData, reasonOf } from './reasons.ts'
import { causesOf, sampled } from './sampling.ts'

/**
 * Looks at an alarm's metric at the end of each of its periods, and puts the alarm in the state that follows; a composite alarm is
 * looked at when another changes. Auto Scaling is told again at every look while it lasts.
 * Models: CloudWatch's alarm evaluation.
 */
export const alarmController: Controller = {
  name: 'aws.cloudwatch.alarms',
  watches: { [ALARM]: '*' },
  wakes(event, world) {
    const own = world.get(event.to) as Alarm | undefined
    if (event.from === event.into)
      return own?.config.AlarmRule === undefined || event.type === 'Configured' ? event.to : undefined
    const composites = [...world.all(ALARM)].filter((one) => (one as Alarm).config.AlarmRule !== undefined)
    return [event.to, ...composites.map((one) => one.id)]
  },
  reconcile(id, world) {
    const alarm = world.get(id) as Alarm | undefined
    if (!alarm) return undefined
    return alarm.config.AlarmRule === undefined ? metric(alarm, world) : composite(alarm, world)
  },
}

function metric(alarm: Alarm, world: World): readonly Answer[] {
  if (world.now < alarm.due) return [{ again: alarm.due - world.now }]
  const { config } = alarm
  const period = periodOf(config) * 1000
  const samples = sampled(alarm, world)
  const due = Math.floor(world.now / period) * period + period
  const evaluationPeriods = config.EvaluationPeriods ?? 1
  const input = {
    datapoints: samples.map(({ value }) => value),
    threshold: config.Threshold ?? 0,
    comparison: config.ComparisonOperator ?? '',
    datapointsToAlarm: config.DatapointsToAlarm ?? evaluationPeriods,
    evaluationPeriods,
    evaluationRange: rangeOf(config),
    treatMissingData: config.TreatMissingData ?? 'missing',
    currentState: stateOf(alarm),
  }
  const verdict = world.decide(alarmRule, input)
  const fresh: Alarm = { ...alarm, samples }
  const sample: Answer = { to: alarm.id, type: 'Sampled', data: { samples, due } }
  if (verdict.state === stateOf(alarm)) {
    const again =
      verdict.state === 'ALARM'
        ? acts(fresh, 'ALARM', alarm.StateReason, world, alarm.history, (arn) => arn.startsWith('arn:aws:autoscaling:'))
        : []
    return [sample, ...again]
  }
  const reason = reasonOf(fresh, verdict.state, verdict)
  const causes = verdict.state === 'ALARM' ? causesOf(world, alarm) : []
  const turned = transition(fresh, verdict.state, reason, reasonData(fresh, EPOCH + world.now), world, input)
  return [sample, ...turned.map((one) => (causes.length > 0 ? { ...one, causes } : one))]
}

function composite(alarm: Alarm, world: World): readonly Answer[] {
  const rule = readAlarmRule(alarm.config.AlarmRule ?? '')
  if (!rule) return []
  const named = (name: string) => world.get(alarmId(alarm.region, name)) as Alarm | undefined
  const state = rule.holds((name) => named(name)?.state as never) ? 'ALARM' : 'OK'
  if (state === alarm.state) return []
  const latest = rule.names
    .flatMap((name) => named(name) ?? [])
    .sort((a, b) => b.since - a.since || (a.id < b.id ? -1 : 1))[0]
  const reason = latest
    ? `${alarmArn(latest)} transitioned to ${latest.state} at ${spoken(EPOCH + latest.since)}`
    : `${alarmArn(alarm)} was created and its alarm rule evaluates to ${state}`
  return transition(
    alarm,
    state,
    reason,
    JSON.stringify({
      triggeringAlarms: latest
        ? [
            {
              arn: alarmArn(latest),
              state: { value: latest.state, timestamp: new Date(EPOCH + latest.since).toISOString() },
            },
          ]
        : [],
    }),
    world,
    { rule: alarm.config.AlarmRule },
  )
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function spoken(ms: number): string {
  const date = new Date(ms)
  const day = String(date.getUTCDate()).padStart(2, '0')
  return `${DAYS[date.getUTCDay()]} ${day} ${MONTHS[date.getUTCMonth()]}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`
}
