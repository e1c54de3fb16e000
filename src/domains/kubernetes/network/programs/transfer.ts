import type { Emission, World } from '../../../../kernel/index.ts'
import type { HttpAnswer, HttpRequest, Url } from '../httpMessage.ts'
import { request } from '../request.ts'
import type { Approach } from '../requested.ts'

/** How one transfer went for a client with limited patience. */
export interface Transfer {
  readonly is:
    | 'answered'
    | 'unknown host'
    | 'refused'
    | 'unreachable'
    | 'resolve timeout'
    | 'connect timeout'
    | 'timeout'
    | 'tls'
    | 'self-signed'
  /** How long it took in ms. */
  readonly ms: number
  readonly connectMs: number
  readonly ip: string | undefined
  readonly answer: HttpAnswer | undefined
  readonly emit: readonly Emission[]
}

/** What a client puts up with. */
export interface Patience {
  readonly maxMs?: number | undefined
  readonly connectMs?: number | undefined
  /** Whether certificates that nobody vouches for are taken. */
  readonly insecure?: boolean | undefined
}

/** Sends one request and waits for its end as far as patience goes. */
export function transfer(
  world: World,
  from: string,
  http: HttpRequest,
  patience: Patience,
  approach: Approach,
): Transfer {
  const done = request(world, from, http, approach)
  const limit = patience.maxMs ?? Number.POSITIVE_INFINITY
  const connectLimit = Math.min(limit, patience.connectMs ?? Number.POSITIVE_INFINITY)
  const { outcome, ip } = done
  const as = (is: Transfer['is'], ms: number, answer?: HttpAnswer): Transfer => ({
    is,
    ms: Math.round(Math.min(ms, 86_400_000)),
    connectMs: Math.round(Math.min(done.connectMs, ms)),
    ip,
    answer,
    emit: done.emissions,
  })
  if (outcome.is === 'no dns' && done.ms > connectLimit) return as('resolve timeout', connectLimit)
  if (outcome.is === 'no dns' || outcome.is === 'unknown host')
    return as('unknown host', Math.min(done.ms * 2, connectLimit))
  if (done.connectMs > connectLimit) return as('connect timeout', connectLimit)
  if (outcome.is === 'refused' || outcome.is === 'unreachable') return as(outcome.is, done.ms)
  if (outcome.is === 'timeout') return as('connect timeout', done.ms)
  if (outcome.is !== 'answered') return as('timeout', Math.min(limit, 300_000))
  if (http.url.scheme === 'https') {
    if (!speaksTls(http.url)) return as('tls', done.connectMs + 1)
    if (!patience.insecure) return as('self-signed', done.connectMs + 5)
  }
  if (done.ms > limit) return as('timeout', limit)
  return as('answered', done.ms, outcome.answer)
}

/** Ports on which the lab's servers speak TLS. Others answer a TLS greeting in plain text. */
function speaksTls(url: Url): boolean {
  return url.port !== 80 && url.port !== 8080 && url.port !== 8000 && url.port !== 3000 && url.port !== 5000
}
