import type { Emission } from '../../../kernel/index.ts'
import type { Failure } from './aim.ts'
import type { Hop } from './hop.ts'
import type { HttpAnswer } from './httpMessage.ts'

/** How a request is made, beyond what it says. */
export interface Approach {
  /** Names of `/etc/hosts`. */
  readonly hosts?: { readonly [name: string]: string } | undefined
  /** Addresses by `host:port`, before any lookup (`curl --resolve`). */
  readonly resolve?: { readonly [place: string]: string } | undefined
  /** Tells apart several requests of one instant. */
  readonly salt?: string | number | undefined
}

/** How a request ended. */
export type Outcome =
  | { readonly is: 'answered'; readonly answer: HttpAnswer }
  | { readonly is: 'unknown host' | 'no dns' | Failure; readonly says: string }
  /** Connected, but nobody answered: the process is too busy, or gone. */
  | { readonly is: 'silent'; readonly says: string }

/** One request's way, hop by hop, with what was decided at each. */
export interface Requested {
  readonly hops: readonly Hop[]
  readonly outcome: Outcome
  /** Address that was connected to, where it came so far. */
  readonly ip: string | undefined
  /** Time to the connection and to the end, in ms. An endless wait is `Infinity`: the client's patience ends it. */
  readonly connectMs: number
  readonly ms: number
  readonly emissions: readonly Emission[]
}

/** A packet that nobody answers is sent again for this long before the system gives up, in ms. */
export const CONNECT_PATIENCE_MS = 135_000

/** How long until a machine that is not there is reported, in ms. */
const UNREACHABLE_MS = 3060

/** A request that came to nothing: its last hop says why; a packet that nobody answers costs the system's patience. */
export function failed(hops: readonly Hop[], why: Failure, ip: string, ms: number): Requested {
  const says = hops[hops.length - 1]?.says ?? ''
  const more = why === 'timeout' ? CONNECT_PATIENCE_MS : why === 'unreachable' ? UNREACHABLE_MS : 0
  return end(hops, { is: why, says }, ip, ms + more, ms + more)
}

/** How a request ended, without anything that follows from it. */
export function end(
  hops: readonly Hop[],
  outcome: Outcome,
  ip: string | undefined,
  connectMs: number,
  ms: number,
): Requested {
  return { hops, outcome, ip, connectMs, ms, emissions: [] }
}
