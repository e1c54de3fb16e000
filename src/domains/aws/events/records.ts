import type { Entity, JsonObject, World } from '../../../kernel/index.ts'
import { arnOf } from '../core/index.ts'
import type * as api from './types.generated.ts'

export const BUS = 'aws.events.EventBus'
export const RULE = 'aws.events.Rule'

/** An event bus. The default one comes into being with the first thing on it. */
export interface Bus extends Entity {
  readonly region: string
  readonly name: string
  readonly description?: string | undefined
  /** How many events were put on it by someone; those of AWS services are not counted. */
  readonly received: number
  readonly created: number
  readonly policy?: string | undefined
  readonly tags: readonly api.Tag[]
}

/** A rule with its targets. State `SCHEDULED` is an enabled one that fires by the clock. */
export interface Rule extends Entity {
  /** Id of its bus. */
  readonly owner: string
  readonly region: string
  readonly bus: string
  readonly name: string
  readonly schedule?: string | undefined
  readonly pattern?: JsonObject | undefined
  /** The pattern as it was given. */
  readonly patternText?: string | undefined
  readonly description?: string | undefined
  readonly roleArn?: string | undefined
  readonly targets: readonly api.Target[]
  readonly tags: readonly api.Tag[]
  /** How often it has matched or was due. */
  readonly fired: number
  /** What went wrong at the last delivery. */
  readonly problem?: string | undefined
}

/** An event as rules match it and targets get it. */
export interface BusEnvelope extends JsonObject {
  readonly version: string
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: string
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: JsonObject
}

export function busId(region: string, name: string): string {
  return `${BUS}/${region}/${name}`
}

export function ruleId(region: string, bus: string, name: string): string {
  return `${RULE}/${region}/${bus}/${name}`
}

/** A bus's name from its name or ARN. */
export function busName(text: string | undefined): string {
  return text === undefined ? 'default' : text.slice(text.lastIndexOf('/') + 1)
}

export function findRule(world: World, region: string, bus: string, name: string): Rule | undefined {
  return world.get(ruleId(region, bus, name)) as Rule | undefined
}

/** Rules of a bus in order of their names. */
export function rulesOf(world: World, region: string, bus: string): readonly Rule[] {
  return world
    .ownedBy(busId(region, bus))
    .filter(({ kind }) => kind === RULE)
    .map((entity) => entity as Rule)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function ruleArn(rule: Pick<Rule, 'region' | 'bus' | 'name'>): string {
  return arnOf('events', rule.region, `rule/${rule.bus === 'default' ? '' : `${rule.bus}/`}${rule.name}`)
}

export function busArn(region: string, name: string): string {
  return arnOf('events', region, `event-bus/${name}`)
}
