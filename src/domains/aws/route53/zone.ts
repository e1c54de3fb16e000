import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import type { HealthCheckConfig, HostedZoneConfig, ResourceRecordSet } from './types.generated.ts'

export const ZONE = 'aws.route53.HostedZone'
export const NAME = 'aws.route53.Name'
export const CHECK = 'aws.route53.HealthCheck'
export const CHANGE = 'aws.route53.Change'

export interface HostedZone extends Entity {
  /** `Z...`, without `/hostedzone/`. */
  readonly zoneId: string
  /** With a dot at its end. */
  readonly Name: string
  readonly CallerReference: string
  readonly Config: HostedZoneConfig
  readonly nameServers: readonly string[]
}

/** One possible answer, and the share of clients that get it: values, or the name that stands for it. */
export interface Answer {
  /** Set identifier of its record; empty for a simple one. */
  readonly set: string
  readonly values: readonly string[]
  readonly alias?: string | undefined
  readonly share: number
}

/** All records of one name and type, what they answer now, and what resolvers still remember of before. */
export interface NameRecords extends Entity {
  readonly zone: string
  readonly Name: string
  readonly Type: string
  readonly records: readonly ResourceRecordSet[]
  readonly answers?: readonly Answer[] | undefined
  /** TTL of `answers` in ms. */
  readonly ttl?: number | undefined
  /** What all resolvers together answered when `answers` came to be, and the TTL of that in ms. */
  readonly before?: readonly Answer[] | undefined
  readonly beforeTtl?: number | undefined
  readonly changedAt?: number | undefined
}

export interface Check extends Entity {
  readonly checkId: string
  readonly CallerReference: string
  readonly config: HealthCheckConfig
  readonly version: number
  readonly made: number
  readonly turning?: { readonly outcome: 'pass' | 'fail'; readonly since: number } | undefined
  readonly why?: string | undefined
}

/** Records of names by their zone. */
export const namesByZone = defineIndex('route53.namesByZone', [NAME], (entity) => (entity as NameRecords).zone)

/** Records of names by the health checks that they heed. */
export const namesByCheck = defineIndex('route53.namesByCheck', [NAME], (entity) => {
  const ids = (entity as NameRecords).records.flatMap(({ HealthCheckId }) =>
    HealthCheckId === undefined ? [] : [HealthCheckId],
  )
  return ids.length > 0 ? [...new Set(ids)] : undefined
})

/** A name as it is kept: lower case, with a dot at its end. */
export function fullName(name: string): string {
  const lower = name.toLowerCase()
  return lower.endsWith('.') ? lower : `${lower}.`
}

/** An id without the path in front of it. */
export function plainId(id: string): string {
  return id.replace(/^\/?(hostedzone|change|healthcheck)\//, '')
}

export function findZone(world: World, id: string): HostedZone | undefined {
  return world.get(`${ZONE}/${plainId(id)}`) as HostedZone | undefined
}

export function nameId(zone: string, name: string, type: string): string {
  return `${NAME}/${zone}/${fullName(name)}/${type}`
}

/** The public zone that a name lies in: the longest that fits. */
export function zoneOf(world: World, name: string): HostedZone | undefined {
  const full = fullName(name)
  let best: HostedZone | undefined
  for (const one of world.all(ZONE)) {
    const zone = one as HostedZone
    if (zone.Config.PrivateZone || !(full === zone.Name || full.endsWith(`.${zone.Name}`))) continue
    if (!best || zone.Name.length > best.Name.length) best = zone
  }
  return best
}

/** Records of a name and type in a zone; those of `*` when there are none of its own. */
export function recordsOf(world: World, zone: HostedZone, name: string, type: string): NameRecords | undefined {
  const own = world.get(nameId(zone.zoneId, name, type))
  if (own) return own as NameRecords
  const [, rest] = /^[^.]+\.(.+)$/.exec(fullName(name)) ?? []
  return rest === undefined ? undefined : (world.get(nameId(zone.zoneId, `*.${rest}`, type)) as NameRecords | undefined)
}

/** TTL in ms: an alias has that of what it stands for, which is a minute for load balancers. */
export function ttlOf({ records }: Pick<NameRecords, 'records'>): number {
  return (records[0]?.TTL ?? 60) * 1000
}
