import { defineKind, type Emission, type Entity, type World } from '../../kernel/index.ts'
import { clientLifecycle } from './client.lifecycle.ts'

/** How the rate goes with the time since the start: even, rising from one rate to another, or even with one burst. */
export type Pattern =
  | { readonly is: 'steady' }
  | { readonly is: 'ramp'; readonly from: number; readonly overMs: number }
  | { readonly is: 'spike'; readonly peak: number; readonly afterMs: number; readonly forMs: number }

/** What a load generator is told. */
export interface ClientOrder {
  /** A URL, or what the domain of the target understands (`service/web`). */
  readonly target: string
  /** Entity id of who sends: a pod, or `outside`. */
  readonly from: string
  /** Requests per second. */
  readonly rate: number
  readonly pattern: Pattern
  /** How long to send in ms; without an end when absent. */
  readonly durationMs?: number | undefined
}

/** A load generator. */
export interface TrafficClient extends Entity, ClientOrder {
  readonly name: string
}

/** Entity id of a load generator. */
export function clientId(name: string): string {
  return `traffic.Client/${name}`
}

/** The kind of load generators. */
export const clientKind = defineKind<TrafficClient>({
  kind: 'traffic.Client',
  lifecycle: clientLifecycle,
  delays: { duration: (client) => client.durationMs ?? Number.POSITIVE_INFINITY },
  apply: {
    Started: (_client, event) => (event.data ?? {}) as object as { readonly [field: string]: object },
    RateSet: (_client, event) => ({ rate: (event.data as { readonly rate: number }).rate, pattern: { is: 'steady' } }),
  },
  tell: {
    Started: (event, client) =>
      `[${client?.name ?? event.to}](${event.to}) begins to send ${client?.rate ?? ''} requests a second to \`${client?.target ?? ''}\`.`,
    RateSet: (event, client) =>
      `[${client?.name ?? event.to}](${event.to}) now sends ${(event.data as { readonly rate: number }).rate} requests a second.`,
  },
})

/** Requests per second that a load generator sends now; ramps are taken in whole seconds. */
export function rateOf(client: TrafficClient, now: number): number {
  if (client.state !== 'Sending') return 0
  const since = Math.floor((now - client.since) / 1000) * 1000
  const { pattern, rate } = client
  if (pattern.is === 'ramp') {
    if (since >= pattern.overMs) return rate
    return pattern.from + ((rate - pattern.from) * since) / pattern.overMs
  }
  if (pattern.is === 'spike')
    return since >= pattern.afterMs && since < pattern.afterMs + pattern.forMs ? pattern.peak : rate
  return rate
}

/** Events that make a load generator and start it, or start one anew that is there. */
export function startClient(world: World, name: string, order: ClientOrder, by?: string): readonly Emission[] {
  const to = clientId(name)
  const data = { name, ...order, durationMs: order.durationMs }
  const start: Emission = { to, type: 'Started', data, by }
  return world.get(to) ? [start] : [{ to, kind: 'traffic.Client', type: 'Created', data, by }, start]
}

/** The event that stops a load generator. */
export function stopClient(name: string, by?: string): Emission {
  return { to: clientId(name), type: 'Stopped', by }
}

/** The event that sets the rate of a load generator, in requests per second. */
export function setRate(name: string, rate: number, by?: string): Emission {
  return { to: clientId(name), type: 'RateSet', data: { rate }, by }
}

/** The event that takes a load generator away. */
export function removeClient(name: string, by?: string): Emission {
  return { to: clientId(name), type: 'Removed', by }
}
