import type { World } from '../../../kernel/index.ts'
import { doorAt, openWire } from '../../traffic/index.ts'
import { resolveHost } from '../dns/resolve.ts'
import { aimAt, type Failure, type Pick } from './aim.ts'
import { deliver } from './deliver.ts'
import type { Hop } from './hop.ts'
import { outsideAnswer, refusesOutside } from './outside.ts'
import { callerOf, connectsTo } from './throughDoor.ts'
import { vantageOf } from './vantage.ts'

/** How an attempt to open a TCP connection ended. */
export interface Connected {
  readonly outcome: 'open' | 'unknown host' | 'no dns' | Failure
  readonly ip: string | undefined
  readonly hops: readonly Hop[]
}

/** Tries to open a TCP connection from an entity to a host and port, without sending anything. */
export function connect(
  world: World,
  fromId: string,
  host: string,
  port: number,
  hosts: { readonly [name: string]: string } = {},
): Connected {
  const wired = openWire(world, fromId, host, port)
  if (wired) return { ...wired, hops: [] }
  const from = vantageOf(world, fromId)
  const pick: Pick = (count, ...keys) => Math.floor(world.draw('connect', fromId, world.revision, ...keys) * count)
  const found = resolveHost(world, from, host, hosts)
  const ip = found.ips[0]
  if (ip === undefined) return { outcome: found.outcome === 'timeout' ? 'no dns' : 'unknown host', ip, hops: [] }
  const door = from.node === undefined && !from.pod ? doorAt(world, ip, port, callerOf(from)) : undefined
  if (door) return connectsTo(door, from, host, ip)
  const aim = aimAt(world, from, ip, port, pick)
  if (aim.is === 'nowhere') return { outcome: aim.why, ip, hops: aim.hops }
  const target = aim.is === 'place' ? aim : aim.list[pick(aim.list.length, 'endpoint')]
  if (!target) return { outcome: 'refused', ip, hops: aim.hops }
  const delivery = deliver(world, from, target.ip, target.port, aim.is === 'place' ? aim.node : undefined)
  const hops = [...aim.hops, ...delivery.hops]
  if (delivery.is === 'taken') return { outcome: 'open', ip, hops }
  if (delivery.is === 'failed') return { outcome: delivery.why, ip, hops }
  const other = doorAt(world, delivery.ip, delivery.port, callerOf(from))
  if (other) return connectsTo(other, from, host, ip)
  const open = outsideAnswer(world, delivery.ip, delivery.port, '/') !== undefined
  return { outcome: open ? 'open' : refusesOutside(delivery.ip) ? 'refused' : 'timeout', ip, hops }
}
