import type { Emission, World } from '../../kernel/index.ts'
import type { Route } from './flow.ts'

/** One HTTP request as it goes over a wire. */
export interface WireRequest {
  readonly method: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** With the query. */
  readonly path: string
  /** Header names as written. */
  readonly headers: { readonly [name: string]: string }
  readonly body?: string | undefined
}

/** How a request over a wire ended; `silent` is connected and never answered. */
export type WireOutcome =
  | {
      readonly is: 'answered'
      readonly answer: {
        readonly status: number
        readonly headers: { readonly [name: string]: string }
        readonly body: string
      }
    }
  | { readonly is: 'unknown host' | 'refused' | 'unreachable' | 'timeout' | 'silent'; readonly says: string }

/** One request's way over a wire, hop by hop. `ms` of a request that nobody answers is `Infinity`. */
export interface Wired {
  readonly hops: readonly { readonly at: string; readonly says: string; readonly ms: number }[]
  readonly outcome: WireOutcome
  readonly ip: string | undefined
  readonly connectMs: number
  readonly ms: number
  readonly emissions: readonly Emission[]
}

/** How a name or a connection attempt ended, without a request. */
export interface WireOpened {
  readonly outcome: 'open' | 'unknown host' | 'refused' | 'unreachable' | 'timeout'
  readonly ip: string | undefined
}

/**
 * Addresses that a domain answers for: published ports of an engine, names in its networks, load balancers of a cloud. The network
 * programs (`curl`, `wget`, `nc`, `ping`) ask every wire before they go the way of the cluster. `from` is the entity that asks.
 */
export interface Wire {
  readonly name: string
  /** Sends a request; undefined when the address is none of this wire's, seen from there. */
  request(
    world: World,
    from: string,
    request: WireRequest,
    approach: {
      readonly hosts?: { readonly [name: string]: string } | undefined
      readonly salt?: string | number | undefined
    },
  ): Wired | undefined
  /** Opens a connection, or with port 0 looks a name up; undefined when it is none of this wire's. */
  open(world: World, from: string, host: string, port: number): WireOpened | undefined
  /** The ways of a rate of requests; undefined when the URL is none of this wire's. */
  routes?(world: World, from: string, url: string): readonly Route[] | undefined
}

const wires: Wire[] = []

/** Declares a wire; the first that answers for an address has it. */
export function defineWire(wire: Wire): Wire {
  wires.push(wire)
  return wire
}

/** Sends a request over the wire that answers for its address; undefined when none does. */
export function overWire(
  world: World,
  from: string,
  request: WireRequest,
  approach: Parameters<Wire['request']>[3] = {},
): Wired | undefined {
  for (const wire of wires) {
    const wired = wire.request(world, from, request, approach)
    if (wired) return wired
  }
  return undefined
}

/** Opens a connection over the wire that answers for an address; undefined when none does. */
export function openWire(world: World, from: string, host: string, port: number): WireOpened | undefined {
  for (const wire of wires) {
    const opened = wire.open(world, from, host, port)
    if (opened) return opened
  }
  return undefined
}

/** The ways of requests over the wire that answers for a URL; undefined when none does. */
export function wireRoutes(world: World, from: string, url: string): readonly Route[] | undefined {
  for (const wire of wires) {
    const routes = wire.routes?.(world, from, url)
    if (routes) return routes
  }
  return undefined
}
