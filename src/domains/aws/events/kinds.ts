import { defineKind, defineLifecycle, EPOCH, type Face, type Fields } from '../../../kernel/index.ts'
import { BUS, type Bus, RULE, type Rule, rulesOf } from './records.ts'
import { ruleLifecycle } from './rule.lifecycle.ts'
import { eventsSchedule } from './schedule.rule.ts'

const busFace: Face<Bus> = {
  label: 'Event bus',
  plural: 'Event buses',
  pictogram: 'bus',
  shape: 'frame',
  rank: 3,
  within: (bus, world) => (rulesOf(world, bus.region, bus.name).length > 0 ? undefined : null),
  look: (bus) => ({ title: bus.name, note: 'Event bus', tone: 'ok', word: 'Active', beat: bus.received }),
}

const ruleFace: Face<Rule> = {
  label: 'Rule',
  plural: 'Rules',
  pictogram: 'rule',
  shape: 'chip',
  within: (rule) => rule.owner,
  look: (rule, world) => ({
    title: rule.name,
    note: rule.schedule ?? (rule.pattern ? 'event pattern' : undefined),
    tone: rule.state === 'DISABLED' ? 'idle' : rule.problem === undefined ? 'ok' : 'err',
    word: rule.state === 'DISABLED' ? 'Disabled' : rule.problem === undefined ? 'Enabled' : 'Delivery failed',
    detail: rule.problem,
    due: rule.state === 'SCHEDULED' ? rule.since + untilDue(rule, rule.since) : undefined,
    figures: rule.fired > 0 ? [`${rule.fired} times`] : [],
    facts: [
      ...(rule.patternText === undefined ? [] : [['Pattern', rule.patternText] as const]),
      ...rule.targets.map(({ Id, Arn }) => [`Target ${Id}`, Arn] as const),
    ],
    beat: rule.fired + world.deeds(rule.id),
  }),
  actions: ({ name, bus, region, state }) => {
    const at = `--name ${name}${bus === 'default' ? '' : ` --event-bus-name ${bus}`} --region ${region}`
    return [
      state === 'DISABLED'
        ? { id: 'enable', label: 'Enable', line: `aws events enable-rule ${at}` }
        : { id: 'disable', label: 'Disable', line: `aws events disable-rule ${at}` },
    ]
  },
}

const fields = (_entity: unknown, event: { readonly data: unknown }): Fields => (event.data ?? {}) as Fields

/** How long it is until a rule's schedule is due after a moment, in ms of virtual time. A schedule without a next time waits for ever. */
function untilDue(rule: Rule, from: number): number {
  const verdict = eventsSchedule.decide({ expression: rule.schedule ?? '', after: EPOCH + from })
  if (verdict.intervalMinutes !== undefined) return verdict.intervalMinutes * 60_000
  return verdict.next === undefined ? Number.MAX_SAFE_INTEGER - from : verdict.next - EPOCH - from
}

const busKind = defineKind<Bus>({
  kind: BUS,
  lifecycle: defineLifecycle({
    id: BUS,
    initial: 'Present',
    states: {
      Present: {
        description: 'Events come in, and go to the targets of the rules that they fit.',
        tags: ['ok'],
        on: {
          Received: { description: 'Someone puts an event on it.' },
          Changed: { description: 'Its settings change.' },
          Deleted: { target: 'Gone', description: 'Someone deletes it.' },
        },
      },
      Gone: { description: 'It no longer exists.', type: 'final' },
    },
  }),
  apply: { Received: (bus) => ({ received: bus.received + 1 }), Changed: fields },
  face: busFace,
  tell: {
    Received: (event) => {
      const { source, 'detail-type': type } = (event.data as { event: { source: string; 'detail-type': string } }).event
      return `An event \`${type}\` of \`${source}\` is put on [the bus](${event.to}).`
    },
  },
})

const ruleKind = defineKind<Rule>({
  kind: RULE,
  lifecycle: ruleLifecycle,
  delays: { schedule: (rule, world) => untilDue(rule, world.now) },
  apply: {
    Changed: fields,
    Enabled: fields,
    Disabled: fields,
    Scheduled: fields,
    Matched: (rule) => ({ fired: rule.fired + 1, problem: undefined }),
    'after.schedule': (rule) => ({ fired: rule.fired + 1, problem: undefined }),
    DeliveryFailed: fields,
  },
  face: ruleFace,
  tell: {
    Created: (event) => `The rule [${(event.data as Rule).name}](${event.to}) is made.`,
    Matched: (event, rule) => `An event fits the rule [${rule?.name}](${event.to}).`,
    'after.schedule': (event, rule) => `The schedule of [${rule?.name}](${event.to}) is due.`,
    DeliveryFailed: (event, rule) => `A target of [${rule?.name}](${event.to}) fails: \`${rule?.problem ?? ''}\``,
  },
})

/** The kinds of EventBridge. */
export const kinds = [busKind, ruleKind]
