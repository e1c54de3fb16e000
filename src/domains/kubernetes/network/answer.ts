import type { World } from '../../../kernel/index.ts'
import { isIngressController } from '../ingress/ingressRoute.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Pick } from './aim.ts'
import { flows } from './flows.ts'
import type { HttpAnswer, HttpRequest } from './httpMessage.ts'
import type { Listener } from './listener.ts'
import { respond } from './respond.ts'
import type { Vantage } from './vantage.ts'

/** What a process makes of a request that it has accepted. */
export type Answered =
  | { readonly is: 'answered'; readonly answer: HttpAnswer; readonly ms: number; readonly why: string }
  | { readonly is: 'silent'; readonly says: string }
  /** It is ingress-nginx and passes the request on. */
  | { readonly is: 'ingress' }

/**
 * Lets the process behind a listener answer: by what its image does, and as late as the load of this moment makes it. A process that
 * cannot follow its load leaves that share of requests unanswered.
 */
export function answerOf(
  world: World,
  pod: ObjectEntity,
  listener: Listener,
  port: number,
  http: HttpRequest,
  from: Vantage,
  pick: Pick,
): Answered {
  if (isIngressController(pod) && (port === 80 || port === 443)) return { is: 'ingress' }
  const load = flows(world).load.get(pod.id)
  const luck = pick(10_000, 'luck') / 10_000
  if (load && luck < load.errors)
    return {
      is: 'silent',
      says: `It is too busy (${Math.round(load.utilisation * 100)} % of what it can do): no answer comes in time.`,
    }
  const answer = respond(world, listener, http, from)
  if (!answer) return { is: 'silent', says: 'It accepts the connection, but does not speak HTTP.' }
  if (!load) return { is: 'answered', answer, ms: Math.max(1, Math.round(answer.ms)), why: '' }
  const spread = pick(1000, 'latency') / 1000
  const ms = Math.max(
    1,
    Math.round(
      spread < 0.5 ? load.p50 * (0.6 + 0.8 * spread) : load.p50 + (load.p95 - load.p50) * (spread - 0.5) * 2.2,
    ),
  )
  return {
    is: 'answered',
    answer,
    ms,
    why: load.utilisation > 0.5 ? ` under load (${Math.round(load.utilisation * 100)} %)` : '',
  }
}
