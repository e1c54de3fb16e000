import {
  type Answer,
  type Controller,
  type Emission,
  EPOCH,
  type JsonObject,
  type PastEvent,
  type World,
} from '../../../kernel/index.ts'
import { ACCOUNT, acceptsPattern, type BusEvent, parseArn, REGION, services, uuid } from '../core/index.ts'
import { BUS, type Bus, type BusEnvelope, RULE, type Rule, ruleArn, rulesOf } from './records.ts'
import { targetInput } from './targetInput.ts'

/**
 * Compares what happens in every service, and what others put on a bus, with the rules there, and calls the targets of those that fit.
 * Models: Amazon EventBridge User Guide, "How Amazon EventBridge works"
 */
export const busController: Controller = {
  name: 'eventbridge',
  get watches() {
    const kinds: Record<string, readonly string[] | '*'> = { [BUS]: ['Received'], [RULE]: ['after.schedule'] }
    for (const { announces = {} } of services.values())
      for (const [kind, byType] of Object.entries(announces))
        kinds[kind] = [...new Set([...(kinds[kind] ?? []), ...Object.keys(byType)])]
    return kinds
  },
  wakes(event, world) {
    if (event.kind === RULE) return `${event.to}\n${JSON.stringify(scheduledEvent(world.get(event.to) as Rule, world))}`
    if (world.count(RULE) === 0) return undefined
    if (event.kind === BUS) {
      const bus = world.get(event.to) as Bus | undefined
      const { event: put } = event.data as { readonly event: BusEnvelope }
      return bus && fitting(rulesOf(world, bus.region, bus.name), put)
    }
    const told = announced(event, world)
    return told && fitting(rulesOf(world, told.region, 'default'), told)
  },
  delay: () => 500,
  reconcile(id, world) {
    const end = id.indexOf('\n')
    const rule = world.get(id.slice(0, end)) as Rule | undefined
    if (!rule || rule.state === 'DISABLED') return undefined
    return deliver(rule, JSON.parse(id.slice(end + 1)) as BusEnvelope, world)
  },
}

/** Wakes for the rules that an event fits. */
function fitting(rules: readonly Rule[], event: BusEnvelope): readonly string[] | undefined {
  const found = rules.filter(({ state, pattern }) => state !== 'DISABLED' && pattern && acceptsPattern(pattern, event))
  if (found.length === 0) return undefined
  const text = JSON.stringify(event)
  return found.map(({ id }) => `${id}\n${text}`)
}

function scheduledEvent(rule: Rule, world: World): BusEnvelope {
  return envelope(
    world,
    { source: 'aws.events', detailType: 'Scheduled Event', resources: [ruleArn(rule)], detail: {} },
    rule.region,
    rule.id,
  )
}

/** What a service tells of an event of the journal. */
function announced(event: PastEvent, world: World): BusEnvelope | undefined {
  if (event.kind === undefined) return undefined
  for (const { announces } of services.values()) {
    const told = announces?.[event.kind]?.[event.type]?.(event, world)
    if (told) return envelope(world, told, parseArn(told.resources[0] ?? '')?.region || REGION, `${event.id}`)
  }
  return undefined
}

/** A full event of a bus. */
export function envelope(world: World, told: BusEvent, region: string, key: string): BusEnvelope {
  return {
    version: '0',
    id: uuid(world, 'event', key),
    'detail-type': told.detailType,
    source: told.source,
    account: ACCOUNT,
    time: new Date(EPOCH + Math.floor(world.now / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
    region,
    resources: told.resources,
    detail: told.detail,
  }
}

function deliver(rule: Rule, event: BusEnvelope, world: World): readonly Answer[] {
  const emit: Emission[] = []
  const byClock =
    event['detail-type'] === 'Scheduled Event' && event.source === 'aws.events' && rule.schedule !== undefined
  if (!byClock) emit.push({ to: rule.id, type: 'Matched', data: { event }, by: rule.id })
  for (const target of rule.targets) {
    const service = services.get(parseArn(target.Arn)?.service ?? '')
    const { Id: _id, Arn: _arn, Input: _input, InputPath: _path, InputTransformer: _transformer, ...settings } = target
    const answer = service?.receives?.(
      target.Arn,
      {
        from: 'events.amazonaws.com',
        body: targetInput(target, event, rule),
        settings: { ...settings, RoleArn: target.RoleArn ?? rule.roleArn } as unknown as JsonObject,
        by: rule.id,
      },
      world,
    )
    if (answer && 'emit' in answer) emit.push(...answer.emit.map((one) => ({ by: rule.id, ...one })))
    else {
      const problem = answer
        ? `${answer.error.code}: ${answer.error.message}`
        : `The lab has nobody who takes events at ${target.Arn}.`
      emit.push({ to: rule.id, type: 'DeliveryFailed', data: { problem }, by: rule.id })
    }
  }
  return emit
}
