import type { World } from '../../../kernel/index.ts'
import type { TrafficClient } from '../../traffic/index.ts'
import { parseUrl } from './httpMessage.ts'
import { request } from './request.ts'
import type { Requested } from './requested.ts'
import { targetUrl } from './target.ts'

/**
 * One request of a load generator, drawn by seed and revision, with every hop's decision; `nth` gives others of the same moment. Nothing
 * of it happens. Undefined when the client's target is no URL.
 */
export function trace(world: World, client: TrafficClient, nth = 0): Requested | undefined {
  const url = parseUrl(targetUrl(world, client.target, client.from))
  if ('error' in url) return undefined
  const host = url.user ?? url.host
  const from = world.get(client.from) ? client.from : client.id
  return request(world, from, { method: 'GET', url, headers: { Host: host } }, { salt: `trace ${nth}` })
}
