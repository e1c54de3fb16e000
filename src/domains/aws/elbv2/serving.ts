import type { World } from '../../../kernel/index.ts'
import type { Horizon, Reception, Route, Visit } from '../../traffic/index.ts'
import { allowsIngress } from '../ec2/index.ts'
import { type Asked, headerOf, meets } from './conditions.ts'
import { warmth } from './health.controller.ts'
import { reach } from './reaching.ts'
import {
  below,
  LISTENER,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  ofArn,
  RULE,
  TARGET_GROUP,
  type Target,
  type TargetGroup,
  targetsOf,
  weightsOf,
} from './records.ts'
import { targetRouting } from './routing.rule.ts'
import type { Action } from './types.generated.ts'

type Way = { readonly at: string; readonly says: string; readonly ms: number }

/** The listener of a load balancer on a port. */
export function listenerOn(world: World, balancer: LoadBalancer, port: number): Listener | undefined {
  return world.lookup(below, balancer.id).find((one) => one.kind === LISTENER && (one as Listener).Port === port) as
    | Listener
    | undefined
}

/** A listener's rules, in the order in which they are tried, without the default one. */
export function rulesOf(world: World, listener: string): readonly ListenerRule[] {
  const found = world.lookup(below, listener).filter(({ kind }) => kind === RULE) as unknown as ListenerRule[]
  return [...found].sort((a, b) => a.Priority - b.Priority)
}

/** The actions for a request, and where they stand. */
function actionsFor(
  world: World,
  listener: Listener,
  asked: Asked,
): { readonly action: Action | undefined; readonly at: string; readonly says: string } {
  const rule = rulesOf(world, listener.id).find(({ Conditions }) => meets(Conditions, asked))
  const actions = rule?.Actions ?? listener.DefaultActions
  const ordered = [...actions].sort((a, b) => (a.Order ?? 50_000) - (b.Order ?? 50_000))
  const says = rule ? `Rule ${rule.Priority} of the listener matches.` : 'No rule matches: the default action holds.'
  return {
    action: ordered.find(({ Type }) => Type !== 'authenticate-oidc' && Type !== 'authenticate-cognito'),
    at: rule?.id ?? listener.id,
    says,
  }
}

function askedOf(visit: Visit): Asked {
  const [path = '/', query = ''] = visit.path.split(/\?(.*)/s)
  return {
    method: visit.method,
    host: visit.host.replace(/:\d+$/, '').toLowerCase(),
    path,
    query,
    headers: visit.headers,
    ip: visit.from.ip,
  }
}

/** Why a connection does not come through to a load balancer's listener. */
function closed(world: World, balancer: LoadBalancer, port: number, visit: Visit): Reception | undefined {
  const { SecurityGroups, region } = balancer
  if (
    SecurityGroups.length > 0 &&
    !allowsIngress(world, region, SecurityGroups, port, { address: visit.from.ip, groups: visit.from.groups })
  )
    return {
      is: 'timeout',
      says: `No rule of its security groups lets ${visit.from.ip} in on port ${port}: the packets are dropped.`,
    }
  return undefined
}

/** What one request to a load balancer comes to. */
export function serve(world: World, balancer: LoadBalancer, port: number, visit: Visit): Reception {
  const shut = closed(world, balancer, port, visit)
  if (shut) return shut
  const listener = listenerOn(world, balancer, port)
  if (!listener) return { is: 'refused', says: `It has no listener on port ${port}.` }
  if (balancer.Type !== 'application') return passOn(world, balancer, listener.DefaultActions[0], visit, [], true)
  const secure = listener.Protocol === 'HTTPS'
  if (secure !== (visit.scheme === 'https'))
    return secure
      ? page(400, 'The plain HTTP request was sent to HTTPS port', 'It speaks HTTPS on this port.', [])
      : { is: 'silent', says: 'It speaks no TLS on this port.' }
  const { action, at, says } = actionsFor(world, listener, askedOf(visit))
  const way: readonly Way[] = [{ at, says, ms: 0 }]
  if (!action) return page(503, undefined, 'There is nothing to do with the request.', way)
  if (action.Type === 'fixed-response') {
    const { StatusCode = '200', MessageBody = '', ContentType = 'text/plain' } = action.FixedResponseConfig ?? {}
    return answer(
      Number(StatusCode),
      { 'Content-Type': `${ContentType}; charset=utf-8` },
      MessageBody,
      'It answers by itself.',
      way,
    )
  }
  if (action.Type === 'redirect') {
    const location = redirectTo(action, visit, port)
    const status = action.RedirectConfig?.StatusCode === 'HTTP_302' ? 302 : 301
    return answer(
      status,
      { 'Content-Type': 'text/html', Location: location },
      htmlPage(status),
      `It sends the client to ${location}.`,
      way,
    )
  }
  return passOn(world, balancer, action, visit, way, false)
}

/** Sends a request on to a target of one of an action's groups. */
function passOn(
  world: World,
  balancer: LoadBalancer,
  action: Action | undefined,
  visit: Visit,
  before: readonly Way[],
  plain: boolean,
): Reception {
  const salt = visit.salt ?? ''
  const luck = (what: string) => world.draw('elb', what, balancer.id, visit.from.id, world.revision, salt)
  const group = pickGroup(world, action, luck('group'))
  if (!group)
    return plain
      ? { is: 'refused', says: 'It has no target group.' }
      : page(503, undefined, 'The target group is gone.', before)
  const { list, failOpen } = eligible(world, group)
  const way = [
    ...before,
    {
      at: group.id,
      says: failOpen
        ? 'All of its targets are unhealthy, so all of them get requests (fail open).'
        : `${list.length} of its targets can take the request.`,
      ms: 0,
    },
  ]
  const sticky = stuck(group, visit)
  const target = list.find((one) => one.id === sticky) ?? pickTarget(world, group, list, luck('target'))
  if (!target)
    return plain
      ? { is: 'timeout', says: 'It has no healthy target.', way }
      : page(503, undefined, 'Its target group has no target that is registered and in use.', way)
  const got = reach(world, balancer, group, target)
  if (got.is !== 'door') return failure(got.is, [...way, { at: got.at, says: got.says, ms: 0 }], plain)
  const scheme = group.Protocol === 'HTTPS' || group.Protocol === 'TLS' ? 'https' : 'http'
  const inner = got.door.visit({
    ...visit,
    scheme,
    headers: {
      ...visit.headers,
      'X-Forwarded-For': visit.from.ip,
      'X-Forwarded-Proto': visit.scheme,
      'X-Forwarded-Port': visit.scheme === 'https' ? '443' : '80',
    },
    from: {
      id: balancer.id,
      ip: balancer.nodes[0]?.privateIp ?? '10.0.0.1',
      inside: true,
      groups: balancer.SecurityGroups,
    },
  })
  const further = [
    ...way,
    { at: got.door.at, says: inner.says, ms: inner.is === 'answered' ? inner.ms : 0 },
    ...(inner.way ?? []),
  ]
  if (inner.is !== 'answered') return failure(inner.is, further, plain)
  const cookie: { readonly [name: string]: string } =
    !plain && group.attributes['stickiness.enabled'] === 'true'
      ? { 'Set-Cookie': `AWSALB=${encodeURIComponent(target.id)}; Path=/` }
      : {}
  return {
    ...inner,
    headers: { ...inner.headers, ...cookie },
    ms: inner.ms + 1,
    says: `It sends the request to ${target.Id}.`,
    way: further,
  }
}

function failure(is: 'refused' | 'timeout' | 'unreachable' | 'silent', way: readonly Way[], plain: boolean): Reception {
  if (plain) return { is, says: 'The target does not answer.', way }
  if (is === 'silent')
    return { ...page(504, undefined, 'The target did not answer within the idle timeout.', way), ms: 60_000 }
  if (is === 'timeout') return { ...page(504, undefined, 'The connection to the target timed out.', way), ms: 10_000 }
  return page(502, undefined, 'The target refused the connection.', way)
}

type Answered = Extract<Reception, { readonly is: 'answered' }>

function answer(
  status: number,
  headers: { readonly [name: string]: string },
  body: string,
  says: string,
  way: readonly Way[],
): Answered {
  return {
    is: 'answered',
    status,
    headers: { Server: 'awselb/2.0', ...headers, 'Content-Length': String(body.length) },
    body,
    ms: 1,
    says,
    way,
  }
}

function page(status: number, more: string | undefined, says: string, way: readonly Way[]): Answered {
  return answer(status, { 'Content-Type': 'text/html' }, htmlPage(status, more), says, way)
}

function htmlPage(status: number, more?: string): string {
  const title = `${status} ${WORDS[status] ?? ''}`
  const extra = more === undefined ? '' : `<center>${more}</center>\r\n`
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n${extra}</body>\r\n</html>\r\n`
}

const WORDS: { readonly [status: number]: string } = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

function redirectTo(action: Action, visit: Visit, port: number): string {
  const config = action.RedirectConfig
  const asked = askedOf(visit)
  const fill = (text: string) =>
    text
      .replaceAll('#{protocol}', visit.scheme)
      .replaceAll('#{host}', asked.host)
      .replaceAll('#{port}', String(port))
      .replaceAll('#{path}', asked.path.replace(/^\//, ''))
      .replaceAll('#{query}', asked.query)
  const protocol = fill(config?.Protocol ?? '#{protocol}').toLowerCase()
  const query = fill(config?.Query ?? '#{query}')
  const where = `${fill(config?.Host ?? '#{host}')}:${fill(config?.Port ?? '#{port}')}`
  return `${protocol}://${where}${fill(config?.Path ?? '/#{path}')}${query === '' ? '' : `?${query}`}`
}

function pickGroup(world: World, action: Action | undefined, luck: number): TargetGroup | undefined {
  const weights = action ? weightsOf(action) : []
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  let at = luck * total
  for (const { arn, weight } of weights) {
    at -= weight
    if (at < 0) return ofArn<TargetGroup>(world, TARGET_GROUP, arn)
  }
  return undefined
}

/** The targets of a group that get requests now. */
export function eligible(
  world: World,
  group: TargetGroup,
): { readonly list: readonly Target[]; readonly failOpen: boolean } {
  const targets = targetsOf(world, group.id)
  const verdict = world.decide(targetRouting, {
    targets: Object.fromEntries(targets.map(({ id, state }) => [id, state])),
  })
  const ids = new Set(verdict.eligible)
  return { list: targets.filter(({ id }) => ids.has(id)), failOpen: verdict.failOpen }
}

function pickTarget(world: World, group: TargetGroup, list: readonly Target[], luck: number): Target | undefined {
  const weights = list.map((target) => warmth(world, group, target))
  let at = luck * weights.reduce((sum, weight) => sum + weight, 0)
  return list.find((_, i) => {
    at -= weights[i] ?? 0
    return at < 0
  })
}

/** The target that a client's cookie names. */
function stuck(group: TargetGroup, visit: Visit): string | undefined {
  if (group.attributes['stickiness.enabled'] !== 'true') return undefined
  const cookie = /(?:^|;\s*)AWSALB=([^;]+)/.exec(headerOf(visit.headers, 'Cookie') ?? '')?.[1]
  return cookie === undefined ? undefined : decodeURIComponent(cookie)
}

/** The ways of a flow through a load balancer: over its target groups by weight, to their targets in equal parts. */
export function routeThrough(
  world: World,
  balancer: LoadBalancer,
  port: number,
  visit: Visit,
  share: number,
  horizon: Horizon,
): Route {
  const shut = closed(world, balancer, port, visit)
  if (shut) return { to: balancer.id, share, fails: 'timeout' }
  const listener = listenerOn(world, balancer, port)
  if (!listener) return { to: balancer.id, share, fails: 'refused' }
  const action =
    balancer.Type === 'application' ? actionsFor(world, listener, askedOf(visit)).action : listener.DefaultActions[0]
  if (!action) return { to: balancer.id, share, fails: 'refused' }
  const weights = weightsOf(action).filter(({ weight }) => weight > 0)
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  return {
    to: balancer.id,
    share,
    next: weights.flatMap(({ arn, weight }) => {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
      return group ? [groupRoute(world, balancer, group, visit, weight / total, horizon)] : []
    }),
  }
}

function groupRoute(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  visit: Visit,
  share: number,
  horizon: Horizon,
): Route {
  const { list } = eligible(world, group)
  if (list.length === 0) return { to: group.id, share, fails: 'refused' }
  const warm = list.map((target) => warmth(world, group, target))
  if (warm.some((part) => part < 1)) horizon.until = Math.min(horizon.until, world.now + 1000)
  const total = warm.reduce((sum, part) => sum + part, 0)
  const from = {
    id: group.id,
    ip: balancer.nodes[0]?.privateIp ?? '10.0.0.1',
    inside: true,
    groups: balancer.SecurityGroups,
  }
  const next = list.map((target, i): Route => {
    const part = (warm[i] ?? 1) / total
    const got = reach(world, balancer, group, target)
    if (got.is !== 'door') return { to: got.at, share: part, fails: got.is }
    const inner = { ...visit, from, salt: 'flow' }
    const route = got.door.route(inner, part, horizon)
    if (!('station' in route) || route.bad !== undefined) return route
    const answered = got.door.visit(inner)
    return answered.is === 'answered' && answered.status >= 500 ? { ...route, bad: 1 } : route
  })
  return { to: group.id, share, next }
}
