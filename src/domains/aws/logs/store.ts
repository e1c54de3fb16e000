import { type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { arnOf, services } from '../core/index.ts'
import type { MetricTransformation } from './types.generated.ts'

export interface LogGroupRecord extends Entity {
  readonly region: string
  readonly name: string
  /** Ms since 1970. */
  readonly creationTime: number
  readonly retentionInDays?: number | undefined
  readonly tags: { readonly [key: string]: string }
  readonly filters: readonly StoredFilter[]
  readonly subscriptions: readonly StoredSubscription[]
}

export interface StoredFilter {
  readonly filterName: string
  readonly filterPattern: string
  readonly metricTransformations: readonly MetricTransformation[]
  readonly creationTime: number
}

export interface StoredSubscription {
  readonly filterName: string
  readonly filterPattern: string
  readonly destinationArn: string
  readonly roleArn?: string | undefined
  readonly distribution?: string | undefined
  readonly creationTime: number
}

export interface LogEvent {
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
}

export interface LogStreamRecord extends Entity {
  readonly region: string
  readonly group: string
  readonly name: string
  readonly creationTime: number
  readonly events: readonly LogEvent[]
}

export const GROUP = 'aws.logs.LogGroup'
export const STREAM = 'aws.logs.LogStream'

export const groupId = (region: string, name: string) => `${GROUP}/${region}/${name}`
export const streamId = (region: string, group: string, name: string) => `${STREAM}/${region}/${group}:${name}`
export const groupArn = (region: string, name: string) => arnOf('logs', region, `log-group:${name}`)

/** A stream with its events: what was put, and what others wrote there. */
export interface Stream {
  readonly name: string
  readonly creationTime: number
  readonly events: readonly LogEvent[]
}

export function groupOf(world: World, region: string, name: string): LogGroupRecord | undefined {
  return (world.get(groupId(region, name)) as LogGroupRecord | undefined) ?? impliedGroups(world, region).get(name)
}

/** Groups that services make by themselves with the first line that they write: they are kept nowhere until someone sets something on them. */
function impliedGroups(world: World, region: string): ReadonlyMap<string, LogGroupRecord> {
  const found = new Map<string, LogGroupRecord>()
  for (const service of services.values())
    for (const { group: name, since, makesGroup } of service.logSource?.streams(region, world) ?? []) {
      if (!makesGroup || found.has(name)) continue
      const life = { id: groupId(region, name), kind: GROUP, state: 'Present', entry: 0, since, born: 0 }
      found.set(name, { ...life, region, name, creationTime: EPOCH + since, tags: {}, filters: [], subscriptions: [] })
    }
  return found
}

export function groupsOf(world: World, region: string): readonly LogGroupRecord[] {
  const own = ([...world.all(GROUP)] as LogGroupRecord[]).filter((group) => group.region === region)
  const implied = [...impliedGroups(world, region).values()].filter(({ id }) => !world.get(id))
  return [...own, ...implied].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The streams of a group by name, those of other services included. What is older than the group keeps is gone. */
export function streamsOf(world: World, group: LogGroupRecord): readonly Stream[] {
  const { region, name } = group
  const found = new Map<string, Stream>()
  for (const one of world.all(STREAM)) {
    const stream = one as LogStreamRecord
    if (stream.region === region && stream.group === name) found.set(stream.name, stream)
  }
  for (const service of services.values())
    for (const ref of service.logSource?.streams(region, world) ?? []) {
      if (ref.group !== name) continue
      const lines = service.logSource?.lines(region, name, ref.stream, world) ?? []
      const events = lines.map(({ at, text }) => ({
        timestamp: EPOCH + at,
        message: text.replace(/\n$/, ''),
        ingestionTime: EPOCH + at + 1000,
      }))
      const before = found.get(ref.stream)
      found.set(ref.stream, {
        name: ref.stream,
        creationTime: before?.creationTime ?? EPOCH + ref.since,
        events: [...(before?.events ?? []), ...events].sort((a, b) => a.timestamp - b.timestamp),
      })
    }
  const oldest = group.retentionInDays === undefined ? 0 : EPOCH + world.now - group.retentionInDays * 86_400_000
  return [...found.values()]
    .map((stream) => ({ ...stream, events: stream.events.filter(({ timestamp }) => timestamp >= oldest) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
