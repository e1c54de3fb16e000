import type { World } from '../../../kernel/index.ts'
import {
  askName,
  defineReach,
  type Horizon,
  type NameAnswer,
  type NameRecord,
  type NameShare,
  nameShares,
} from '../../traffic/index.ts'
import { remembered } from './answering.ts'
import { type Answer, CHECK, NAME, type NameRecords, recordsOf, ttlOf, ZONE, zoneOf } from './zone.ts'

/** How far aliases are followed. */
const DEPTH = 8

/** Names in hosted zones. Unlike in the real world, a zone needs no registered domain: every resolver finds it. */
defineReach({
  name: 'aws.route53',
  kinds: [ZONE, NAME, CHECK],
  names: (world, name, type, from) => ask(world, name, type, from, 0),
  shares: (world, name, horizon) => shares(world, name, horizon, 0),
})

/** What the resolver of a client answers: it keeps an answer for its TTL, and a changed one may still be the old one. */
function ask(
  world: World,
  name: string,
  type: NameRecord['type'],
  from: string,
  depth: number,
): NameAnswer | undefined {
  const zone = zoneOf(world, name)
  if (!zone || depth > DEPTH) return undefined
  const records =
    recordsOf(world, zone, name, type) ?? (type === 'CNAME' ? undefined : recordsOf(world, zone, name, 'CNAME'))
  if (!records) {
    const known = TYPES.some((other) => recordsOf(world, zone, name, other))
    return { rcode: known ? 'NOERROR' : 'NXDOMAIN', records: [] }
  }
  const { answer, ttl } = cached(world, records, from)
  if (!answer) return { rcode: 'NOERROR', records: [] }
  if (answer.alias !== undefined) {
    const behind = ask(world, answer.alias, type, from, depth + 1) ?? askName(world, answer.alias, type, from)
    return { rcode: 'NOERROR', records: (behind?.records ?? []).map((record) => ({ ...record, name })) }
  }
  const own = answer.values.map(
    (value): NameRecord => ({ name, type: records.Type as NameRecord['type'], ttl, data: value.replace(/\.$/, '') }),
  )
  if (records.Type !== 'CNAME' || type === 'CNAME') return { rcode: 'NOERROR', records: own }
  const target = own[0]?.data ?? ''
  const behind = ask(world, target, type, from, depth + 1) ?? askName(world, target, type, from)
  return { rcode: 'NOERROR', records: [...own, ...(behind?.records ?? [])] }
}

const TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'NS', 'SOA', 'SRV']

/** The answer that the resolver of a client has now, with the seconds that are left of its TTL. */
function cached(
  world: World,
  records: NameRecords,
  from: string,
): { readonly answer: Answer | undefined; readonly ttl: number } {
  const { now } = world
  const full = ttlOf(records)
  const phase = world.draw('resolver', from, records.id)
  const { before, beforeTtl = 0, changedAt = 0, answers = [] } = records
  const old = before !== undefined && now < changedAt + phase * beforeTtl
  const period = old ? beforeTtl : full
  const age = period <= 0 ? 0 : (now + Math.floor((1 - phase) * period)) % period
  const window = period <= 0 ? world.revision : Math.floor((now + Math.floor((1 - phase) * period)) / period)
  const list = old ? before : answers
  let at =
    world.draw('answer', from, records.id, old ? 'old' : changedAt, window) *
    list.reduce((sum, { share }) => sum + share, 0)
  const answer = list.find(({ share }) => {
    at -= share
    return at < 0
  })
  const left = old ? changedAt + phase * beforeTtl - now : period - age
  return { answer: answer ?? list[0], ttl: Math.max(0, Math.round((period <= 0 ? 0 : left) / 1000)) }
}

/** Where the clients of a name go all together: by the answers, and by how many resolvers still remember the old ones. */
function shares(world: World, name: string, horizon: Horizon, depth: number): readonly NameShare[] | undefined {
  const zone = zoneOf(world, name)
  if (!zone || depth > DEPTH) return undefined
  const records = recordsOf(world, zone, name, 'A') ?? recordsOf(world, zone, name, 'CNAME')
  if (!records) return []
  const { answers, settled } = remembered(records, world.now)
  // While caches run out, the flow is worked out anew every second.
  if (!settled) horizon.until = Math.min(horizon.until, world.now + 1000)
  return answers.flatMap(({ alias, values, share }): readonly NameShare[] => {
    const names = alias !== undefined ? [alias] : records.Type === 'CNAME' ? values : undefined
    if (!names) return values.map((ip) => ({ ip, share: share / values.length }))
    return names.flatMap((other) =>
      (nameShares(world, other.replace(/\.$/, ''), horizon) ?? []).map((one) => ({
        ip: one.ip,
        share: (one.share * share) / names.length,
      })),
    )
  })
}
