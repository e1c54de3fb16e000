import type { Emission, World } from '../../../kernel/index.ts'
import { doorAt, overWire } from '../../traffic/index.ts'
import { resolveHost } from '../dns/resolve.ts'
import { routeIngress } from '../ingress/ingressRoute.ts'
import { nginxPage } from '../ingress/nginxPage.ts'
import type { ObjectEntity } from '../object/object.ts'
import { find, objectId } from '../object/object.ts'
import { backendsOf } from '../proxy/backends.ts'
import { type ProxyRules, rulesId } from '../proxy/proxyRules.ts'
import { serviceSpec } from '../service/serviceSpec.ts'
import { type Aim, aimAt, type Pick } from './aim.ts'
import { answerOf } from './answer.ts'
import { deliver } from './deliver.ts'
import type { Hop } from './hop.ts'
import { type HttpRequest, hostText } from './httpMessage.ts'
import { outsideAnswer, refusesOutside } from './outside.ts'
import { API_PORT, forwardAt } from './portForward.ts'
import { proxied } from './proxied.ts'
import { type Approach, end, failed, type Requested } from './requested.ts'
import { callerOf, throughDoor } from './throughDoor.ts'
import { type Vantage, vantageOf } from './vantage.ts'

/**
 * Follows one HTTP request from an entity (session, container, pod, client) through name, rules, policies and process to its answer.
 * Pure: the emissions tell the container of it; the caller decides whether they happen.
 */
export function request(world: World, fromId: string, http: HttpRequest, approach: Approach = {}): Requested {
  const { method, url, headers, body } = http
  const wired = overWire(world, fromId, { method, headers, body, ...url }, approach)
  if (wired) return wired
  const from = vantageOf(world, fromId)
  const pick: Pick = (count, ...keys) =>
    Math.floor(world.draw('request', fromId, world.revision, approach.salt ?? 0, ...keys) * count)
  const { host, port } = http.url
  const hops: Hop[] = []
  const fixed = approach.resolve?.[`${host}:${port}`]
  let ip = fixed
  let ms = 0
  if (ip === undefined) {
    const found = resolveHost(world, from, host, approach.hosts)
    ms += found.ms
    if (found.tries.length > 0 || found.outcome !== 'found')
      hops.push({
        at: from.node === undefined ? from.id : 'k8s.Component/coredns',
        says: `The name ${host} ${found.says}.`,
        ms: found.ms,
      })
    if (found.outcome !== 'found')
      return end(
        hops,
        { is: found.outcome === 'timeout' ? 'no dns' : 'unknown host', says: found.says },
        undefined,
        ms,
        ms,
      )
    ip = found.ips[0] ?? ''
  }
  const forward = from.node === undefined && ip.startsWith('127.') ? forwardAt(world, fromId, port) : undefined
  if (forward?.pod === API_PORT.pod) return throughProxy(world, forward.localPort, http, hops, ms)
  if (forward) return throughForward(world, from, forward, http, pick, hops, ms)
  const door = from.node === undefined && !from.pod ? doorAt(world, ip, port, callerOf(from)) : undefined
  if (door) return throughDoor(door, from, ip, http, hops, ms, approach.salt)
  const aim = aimAt(world, from, ip, port, pick)
  return follow(world, from, aim, ip, http, pick, hops, ms)
}

function follow(
  world: World,
  from: Vantage,
  aim: Aim,
  ip: string,
  http: HttpRequest,
  pick: Pick,
  before: readonly Hop[],
  spent: number,
): Requested {
  const hops = [...before, ...aim.hops]
  let ms = spent + aim.hops.reduce((sum, hop) => sum + hop.ms, 0)
  if (aim.is === 'nowhere') return failed(hops, aim.why, ip, ms)
  let target: { readonly ip: string; readonly port: number; readonly node?: string }
  if (aim.is === 'place') target = aim
  else {
    const chosen = aim.list[choose(world, from, aim, pick)]
    if (!chosen) return failed(hops, 'refused', ip, ms)
    const sticky = aim.affinity === undefined ? '' : ' (it stays with its client: session affinity)'
    hops.push({
      at: chosen.pod ?? aim.service,
      says: `The endpoint ${chosen.ip}:${chosen.port} is chosen${sticky}.`,
      ms: 0,
    })
    target = { ip: chosen.ip, port: chosen.port }
  }
  ms += from.node === undefined ? 3 : 1
  return arrive(world, from, target, ip, http, pick, hops, ms)
}

function arrive(
  world: World,
  from: Vantage,
  target: { readonly ip: string; readonly port: number; readonly node?: string },
  ip: string,
  http: HttpRequest,
  pick: Pick,
  before: readonly Hop[],
  ms: number,
): Requested {
  const delivery = deliver(world, from, target.ip, target.port, target.node)
  const hops = [...before, ...delivery.hops]
  if (delivery.is === 'failed') return failed(hops, delivery.why, ip, ms)
  if (delivery.is === 'elsewhere') {
    const door = doorAt(world, delivery.ip, delivery.port, callerOf(from))
    if (door) return throughDoor(door, from, ip, http, hops, ms, pick(1 << 30, 'visit'))
    const answer = outsideAnswer(world, delivery.ip, delivery.port, http.url.path)
    if (!answer) return failed(hops, refusesOutside(delivery.ip) ? 'refused' : 'timeout', ip, ms)
    return end(hops, { is: 'answered', answer }, ip, ms, ms + 20)
  }
  const { pod, listener, port } = delivery
  const answered = answerOf(world, pod, listener, port, http, from, pick)
  if (answered.is === 'ingress') return throughIngress(world, pod, ip, http, pick, hops, ms)
  const emissions: Emission[] = [
    {
      to: listener.container.id,
      type: 'Requested',
      by: from.id,
      data: {
        method: http.method,
        host: hostText(http.url),
        path: http.url.path,
        client: from.ip,
        port,
        ...(answered.is === 'answered' ? { status: answered.answer.status, log: answered.answer.log ?? [] } : {}),
      },
    },
  ]
  if (answered.is === 'answered' && answered.answer.exits !== undefined)
    emissions.push({
      to: listener.container.id,
      type: 'Exited',
      after: answered.ms,
      data: { exitCode: answered.answer.exits },
    })
  if (answered.is === 'silent')
    return {
      ...end(
        [...hops, { at: listener.container.id, says: answered.says, ms: 0 }],
        answered,
        ip,
        ms,
        Number.POSITIVE_INFINITY,
      ),
      emissions,
    }
  const says = `It answers ${answered.answer.status} after ${answered.ms} ms${answered.why}.`
  const hop = { at: listener.container.id, says, ms: answered.ms }
  return { ...end([...hops, hop], answered, ip, ms, ms + answered.ms), emissions }
}

/** With session affinity a client keeps its endpoint while that exists; without, each connection is a new draw. */
function choose(world: World, from: Vantage, aim: Aim & { is: 'backends' }, pick: Pick): number {
  if (aim.affinity === undefined) return pick(aim.list.length, 'endpoint')
  let best = 0
  let highest = -1
  for (const [i, { ip }] of aim.list.entries()) {
    const weight = world.draw('affinity', from.ip, aim.service, ip)
    if (weight > highest) {
      highest = weight
      best = i
    }
  }
  return best
}

function throughForward(
  world: World,
  from: Vantage,
  forward: { readonly pod: string; readonly port: number; readonly localPort: number },
  http: HttpRequest,
  pick: Pick,
  before: readonly Hop[],
  ms: number,
): Requested {
  const hops = [
    ...before,
    { at: forward.pod, says: `kubectl carries port ${forward.localPort} into the pod, past every Service.`, ms: 5 },
  ]
  const pod = world.get(forward.pod) as ObjectEntity | undefined
  if (!pod)
    return {
      ...end(hops, { is: 'silent', says: 'The pod is gone, and the connection is lost.' }, '127.0.0.1', ms, ms + 5),
    }
  const inside = vantageOf(world, forward.pod)
  return arrive(
    world,
    { ...inside, id: from.id },
    { ip: inside.ip, port: forward.port },
    '127.0.0.1',
    http,
    pick,
    hops,
    ms + 5,
  )
}

/** `kubectl proxy` hands the request to the API server with the user's own credentials. */
function throughProxy(
  world: World,
  localPort: number,
  http: HttpRequest,
  before: readonly Hop[],
  ms: number,
): Requested {
  const hops = [
    ...before,
    { at: API_PORT.pod, says: `kubectl proxy carries port ${localPort} to the API server as its own user.`, ms: 5 },
  ]
  return end(hops, { is: 'answered', answer: proxied(world, http) }, '127.0.0.1', ms, ms + 5)
}

/** ingress-nginx chooses by host and path, and connects to endpoints of the Service itself, past its cluster IP. */
function throughIngress(
  world: World,
  controller: ObjectEntity,
  ip: string,
  http: HttpRequest,
  pick: Pick,
  before: readonly Hop[],
  ms: number,
): Requested {
  const host = (http.headers.Host ?? http.headers.host ?? http.url.host).replace(/:\d+$/, '')
  const target = routeIngress(world, host, http.url.path, http.url.scheme === 'https')
  const from = vantageOf(world, controller.id)
  const answer = (status: number, says: string, headers: { readonly [name: string]: string } = {}): Requested =>
    end(
      [...before, { at: controller.id, says, ms: 1 }],
      { is: 'answered', answer: nginxPage(status, headers) },
      ip,
      ms,
      ms + 1,
    )
  if (target.is === 'none') return answer(404, `No Ingress has a rule for ${host}${http.url.path}.`)
  if (target.is === 'redirect')
    return answer(308, `The Ingress has TLS for ${host}, so plain HTTP is sent there.`, { Location: target.to })
  const { ingress, backend, path } = target
  const hop: Hop = {
    at: ingress.id,
    says: `Its rule for ${host} sends ${http.url.path} to the Service ${backend.service?.name ?? ''}.`,
    ms: 1,
  }
  const service = find(world, 'Service', ingress.metadata.namespace, backend.service?.name ?? '')
  const wanted = backend.service?.port
  const port =
    service &&
    serviceSpec(service).ports?.find((one) =>
      wanted?.name === undefined ? one.port === wanted?.number : one.name === wanted.name,
    )
  const rules =
    service &&
    (world.get(rulesId(objectId('Service', service.metadata.namespace, service.metadata.name))) as
      | ProxyRules
      | undefined)
  const { list } = rules && port ? backendsOf(world, rules, port, 'IPv4') : { list: [] }
  const chosen = list[pick(list.length, 'ingress')]
  if (!service || !port || !chosen)
    return answer(
      503,
      service
        ? `The Service ${service.metadata.name} has no ready endpoint for it.`
        : `There is no Service ${backend.service?.name}.`,
    )
  const inner = arrive(
    world,
    from,
    { ip: chosen.ip, port: chosen.port },
    ip,
    { ...http, url: { ...http.url, path } },
    pick,
    [...before, hop],
    ms + 1,
  )
  if (inner.outcome.is === 'answered') return inner
  const status = inner.outcome.is === 'timeout' || inner.outcome.is === 'silent' ? 504 : 502
  const late = status === 504 ? ms + 60_000 : inner.ms
  return { ...inner, outcome: { is: 'answered', answer: nginxPage(status, {}) }, connectMs: ms, ms: late }
}
