import type { Caller, Door, Visit } from '../../traffic/index.ts'
import type { Connected } from './connect.ts'
import type { Hop } from './hop.ts'
import { type HttpRequest, hostText } from './httpMessage.ts'
import { end, failed, type Requested } from './requested.ts'
import type { Vantage } from './vantage.ts'

/** A vantage as other domains see who connects. */
export function callerOf(from: Vantage): Caller {
  return { id: from.id, ip: from.ip }
}

/** A request that another domain's things answer: what it comes to there is this request's end. */
export function throughDoor(
  door: Door,
  from: Vantage,
  ip: string,
  http: HttpRequest,
  before: readonly Hop[],
  ms: number,
  salt: string | number | undefined,
): Requested {
  const got = door.visit(visitOf(http, from, salt))
  const here = got.is === 'answered' ? got.ms : 0
  const hops = [...before, { at: door.at, says: got.says, ms: here }, ...(got.way ?? [])]
  const connected = ms + 3
  if (got.is === 'answered') {
    const { status, headers, body } = got
    return {
      ...end(hops, { is: 'answered', answer: { status, headers, body } }, ip, connected, connected + got.ms),
      emissions: got.emit ?? [],
    }
  }
  if (got.is === 'silent') return end(hops, { is: 'silent', says: got.says }, ip, connected, Number.POSITIVE_INFINITY)
  return failed(hops, got.is, ip, ms)
}

/** Whether a connection opens at all: a door that refuses or drops says so to any visit. */
export function connectsTo(door: Door, from: Vantage, host: string, ip: string): Connected {
  const http: HttpRequest = { method: 'GET', url: { scheme: 'http', host, port: 80, path: '/' }, headers: {} }
  const got = door.visit(visitOf(http, from, 'connect'))
  const outcome = got.is === 'answered' || got.is === 'silent' ? 'open' : got.is
  return { outcome, ip, hops: [{ at: door.at, says: got.says, ms: 0 }] }
}

function visitOf(http: HttpRequest, from: Vantage, salt: string | number | undefined): Visit {
  const { method, url, headers, body } = http
  return {
    method,
    scheme: url.scheme,
    host: headers.Host ?? headers.host ?? hostText(url),
    path: url.path,
    headers,
    ...(body === undefined ? {} : { body }),
    from: callerOf(from),
    salt,
  }
}
