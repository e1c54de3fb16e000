import type { World } from '../../kernel/index.ts'
import type { TrafficClient } from './client.ts'
import { urlOf } from './flows.ts'
import { allReaches } from './reach.ts'
import type { Wired } from './wire.ts'

/** One request of a load generator: where it went, and what was decided at each hop. */
export interface Traced extends Pick<Wired, 'hops' | 'outcome' | 'ms'> {
  readonly url: string
}

/**
 * One request that a load generator might send now, drawn by seed and revision; `nth` gives others of the same moment. Nothing of it happens.
 * Undefined when there is no such client, or nobody can follow its URL.
 */
export function traceRequest(world: World, clientId: string, nth: number): Traced | undefined {
  const client = world.get(clientId) as TrafficClient | undefined
  if (client?.kind !== 'traffic.Client') return undefined
  const url = urlOf(world, client)
  const from = world.get(client.from) ? client.from : client.id
  for (const reach of allReaches()) {
    const wired = reach.request?.(world, from, url, `trace ${nth}`)
    if (wired) return { url, hops: wired.hops, outcome: wired.outcome, ms: wired.ms }
  }
  return undefined
}
