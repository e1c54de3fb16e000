import type { Emission, World } from '../../../kernel/index.ts'
import type { HttpResponse } from '../../containerd/index.ts'
import { defineWire, type Route, type Wired, type WireOpened, type WireRequest } from '../../traffic/index.ts'
import {
  type Container,
  containersByIp,
  containersOn,
  isAlive,
  membersOfNetwork,
  shortHex,
} from '../container/container.ts'
import { linkedWith } from '../container/links.ts'
import { answer, listenerOn, listens, stationOf } from '../container/serving.ts'
import { LOCAL } from '../engine/engine.ts'
import { meshAim } from '../swarm/mesh.ts'
import { addressOf } from './address.ts'
import { holders } from './allocate.ts'
import { networkNamed } from './network.ts'
import { callsOf, passedOn } from './onward.ts'

/** Where a connection ends: a container and a port of it, or nobody. */
type Aim =
  | {
      readonly is: 'container'
      readonly container: Container
      readonly port: number
      readonly ip: string
      /** All that get a share of a rate, where it is balanced; and what follows from taking one of them. */
      readonly all?: readonly Container[] | undefined
      readonly emit?: readonly Emission[] | undefined
    }
  | {
      readonly is: 'nobody'
      readonly why: 'refused' | 'unreachable' | 'unknown host'
      readonly ip: string | undefined
      readonly says: string
    }

/**
 * The networks of engines: published ports of a machine, addresses of containers, and the names that the engine's own name server knows in
 * networks that were made by hand. Models: moby libnetwork: bridge driver, port mapper, resolver
 */
defineWire({
  name: 'docker',
  request: (world, from, request) => send(world, from, request),
  open(world, from, host, port) {
    const aim = aimAt(world, from, host, port)
    if (!aim) return undefined
    return opened(world, aim, port)
  },
  routes(world, from, text) {
    const url = /^(?:https?:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?/.exec(text)
    const aim = url && aimAt(world, from, url[1] ?? '', Number(url[2] ?? (text.startsWith('https') ? 443 : 80)))
    return aim ? routesTo(world, from, aim, url[3] ?? '/') : undefined
  },
})

function opened(world: World, aim: Aim, port: number): WireOpened {
  if (aim.is === 'nobody') return { outcome: aim.why, ip: aim.ip }
  return { outcome: port === 0 || listens(world, aim.container, aim.port) ? 'open' : 'refused', ip: aim.ip }
}

function routesTo(world: World, from: string, aim: Aim, path: string): readonly Route[] {
  if (aim.is === 'nobody') return [{ to: from, share: 1, fails: aim.why }]
  const { container: one, port, all = [one] } = aim
  return all.map((container): Route => {
    const station = stationOf(world, container, port)
    const share = 1 / all.length
    if (!station) return { to: container.id, share, fails: container.state === 'paused' ? 'timeout' : 'refused' }
    const near = (host: string, at: number) => aimAt(world, container.id, host, at)?.is === 'container'
    return { to: container.id, share, station, calls: callsOf(world, container, port, path, near) }
  })
}

/** Proxies that one request may pass: a circle of them would pass it on for ever. */
const MOST_PROXIES = 8

function send(world: World, from: string, request: WireRequest, passed = 0): Wired | undefined {
  const aim = aimAt(world, from, request.host, request.port)
  if (!aim) return undefined
  const end = (
    outcome: Wired['outcome'],
    ip: string | undefined,
    says: string,
    at: string,
    connectMs: number,
    ms: number,
  ): Wired => ({
    hops: [{ at, says, ms }],
    outcome,
    ip,
    connectMs,
    ms,
    emissions: [],
  })
  if (aim.is === 'nobody') {
    const slow = aim.why === 'unreachable' ? 3060 : 1
    return end({ is: aim.why, says: aim.says }, aim.ip, aim.says, from, slow, slow)
  }
  const { container, port, ip } = aim
  const headers: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value
  const asked = {
    method: request.method,
    path: request.path,
    host: headers.host ?? request.host,
    headers,
    from: addressOfSender(world, from, container),
    ...(request.body === undefined ? {} : { body: request.body }),
  }
  const onward = passed < MOST_PROXIES ? passedOn(world, container, port, request.path) : undefined
  const came = onward === undefined ? undefined : passOn(world, container, onward, request, passed)
  const answered = answer(world, container, asked, port, from, came && responseOf(world, container, port, came))
  if (answered === undefined) {
    const says = `Nothing in ${container.name} listens on port ${port}: it refuses.`
    return end({ is: 'refused', says }, ip, says, container.id, 1, 1)
  }
  if (answered === 'silent') {
    const says = `${container.name} accepts the connection and does not answer.`
    return end({ is: 'silent', says }, ip, says, container.id, 1, Number.POSITIVE_INFINITY)
  }
  const { status, headers: own, body, ms = 1 } = answered.response
  const emissions = [...(aim.emit ?? []), ...(came?.emissions ?? []), ...answered.emit]
  const hops = came
    ? [
        { at: container.id, says: `It passes the request on to ${onward}.`, ms: 1 },
        ...came.hops,
        { at: container.id, says: `It answers ${status} with what came back.`, ms: 0 },
      ]
    : [{ at: container.id, says: `It answers ${status} after ${ms} ms.`, ms }]
  return {
    hops,
    outcome: { is: 'answered', answer: { status, headers: own, body } },
    ip,
    connectMs: 1,
    ms: 1 + ms,
    emissions,
  }
}

/** Sends a request on as the proxy in a container does: to the host that its URL names, in its own name. */
function passOn(world: World, proxy: Container, url: string, request: WireRequest, passed: number): Wired {
  const [, scheme = 'http', host = '', port, path = '/'] = /^(https?):\/\/([^/:?]+)(?::(\d+))?(.*)$/.exec(url) ?? []
  const { host: _, Host: __, ...headers } = request.headers as { readonly [name: string]: string }
  const number = Number(port ?? (scheme === 'https' ? 443 : 80))
  const next: WireRequest = {
    ...request,
    scheme: scheme === 'https' ? 'https' : 'http',
    host,
    port: number,
    path: path === '' ? '/' : path,
    headers: { ...headers, Host: port === undefined ? host : `${host}:${port}` },
  }
  return (
    send(world, proxy.id, next, passed + 1) ?? {
      hops: [],
      outcome: { is: 'unknown host', says: `Nobody is called ${host}.` },
      ip: undefined,
      connectMs: 1,
      ms: 1,
      emissions: [],
    }
  )
}

/** nginx waits so long for an answer from behind. Models: proxy_read_timeout */
const PROXY_PATIENCE = 60_000

/** What the proxy answers with: what came back, or why nothing did. */
function responseOf(world: World, proxy: Container, port: number, came: Wired): HttpResponse | undefined {
  const { outcome } = came
  const server = listenerOn(world, proxy, port)
  if (!server) return undefined
  const { daemon, start } = server
  if (outcome.is === 'answered') {
    const { status, headers, body } = outcome.answer
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const { 'content-length': _, date: __, ...own } = lower
    return { status, headers: { ...own, server: `${daemon.program}/${start.version}` }, body, ms: 1 + came.ms }
  }
  const late = outcome.is === 'silent' || outcome.is === 'timeout'
  const page = daemon.badGateway?.(late ? 504 : 502, start)
  return page && { ...page, ms: late ? PROXY_PATIENCE : 1 + came.ms }
}

/** Who takes a connection; undefined when the engines have nothing to do with the address. */
function aimAt(world: World, from: string, host: string, port: number): Aim | undefined {
  const led = meshAim(world, from, host, port)
  if (led) return led
  const sender = world.get(from)
  if (sender?.kind === 'docker.Container') return fromInside(world, sender as Container, host, port)
  return fromOutside(world, host, port)
}

/** From the machine itself or beyond: published ports, and addresses of the machine's own networks. */
function fromOutside(world: World, host: string, port: number): Aim | undefined {
  const owned = world.lookup(containersByIp, host)[0] as Container | undefined
  if (owned) return { is: 'container', container: owned, port, ip: host }
  if (!world.get(LOCAL)) return undefined
  if (isLoopback(host)) {
    const found = published(world, LOCAL, port) ?? inHostMode(world, LOCAL, port)
    return found && { is: 'container', ...found, ip: '127.0.0.1' }
  }
  if (!/^(?:172\.(?:1[7-9]|2\d|3[01])|192\.168)\./.test(host)) return undefined
  const inside = containersOn(world, LOCAL).find(
    (container) => isAlive(container) && container.endpoints.some(({ ip }) => ip === host),
  )
  return inside && { is: 'container', container: inside, port, ip: host }
}

/** From a container: itself, its machine, others in its networks by name or address; the rest is the world outside. */
function fromInside(world: World, self: Container, host: string, port: number): Aim | undefined {
  const { engine } = self
  if (isLoopback(host) || host === addressOf(world, self)) {
    const peers =
      self.spec.networkMode === 'host' ? inHostMode(world, engine, port)?.container : namespaceOf(world, self, port)
    return { is: 'container', container: peers ?? self, port, ip: '127.0.0.1' }
  }
  if (host === 'host.docker.internal' || host === 'gateway.docker.internal' || isGateway(world, self, host)) {
    const found = published(world, engine, port) ?? inHostMode(world, engine, port)
    if (found) return { is: 'container', ...found, ip: '172.17.0.1' }
    return { is: 'nobody', why: 'refused', ip: '172.17.0.1', says: `Nothing on the machine listens on port ${port}.` }
  }
  for (const endpoint of self.endpoints) {
    if (endpoint.ip === undefined && isAlive(self)) continue
    const named = /^[\d.]+$/.test(host) || endpoint.network !== 'bridge'
    for (const other of world.lookup(membersOfNetwork, `${engine} ${endpoint.network}`) as readonly Container[]) {
      const theirs = other.endpoints.find(({ network }) => network === endpoint.network)
      if (!theirs?.ip || !named) continue
      if (
        theirs.ip === host ||
        other.name === host ||
        theirs.aliases.includes(host) ||
        shortHex(other) === host ||
        other.spec.hostname === host ||
        `${other.name}.${endpoint.network}` === host
      )
        return { is: 'container', container: other, port, ip: theirs.ip }
    }
  }
  for (const { container, alias } of linkedWith(world, self)) {
    const ip = addressOf(world, container)
    if (ip !== undefined && (alias === host || container.name === host || shortHex(container) === host))
      return { is: 'container', container, port, ip }
  }
  const owned = world.lookup(containersByIp, host)[0] as Container | undefined
  if (owned) return { is: 'container', container: owned, port, ip: host }
  if (self.spec.networkMode === 'none')
    return {
      is: 'nobody',
      why: /^[\d.]+$/.test(host) ? 'unreachable' : 'unknown host',
      ip: undefined,
      says: 'The container has no network.',
    }
  if (/^(?:172\.(?:1[7-9]|2\d|3[01])|192\.168)\.[\d.]+$/.test(host))
    return { is: 'nobody', why: 'unreachable', ip: host, says: `No container of its networks has the address ${host}.` }
  if (!host.includes('.'))
    return { is: 'nobody', why: 'unknown host', ip: undefined, says: `No container of its networks is called ${host}.` }
  return undefined
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '0.0.0.0' || host === '::1'
}

function isGateway(world: World, self: Container, host: string): boolean {
  return self.endpoints.some(({ network }) => networkNamed(world, self.engine, network)?.gateway === host)
}

/** The container behind a published port of a machine. */
export function published(
  world: World,
  engine: string,
  port: number,
): { readonly container: Container; readonly port: number } | undefined {
  const [container] = holders(world, engine, port, 'tcp')
  const mapping = container?.ports.find(({ host, protocol }) => host === port && protocol === 'tcp')
  return container && mapping && { container, port: mapping.container }
}

function inHostMode(
  world: World,
  engine: string,
  port: number,
): { readonly container: Container; readonly port: number } | undefined {
  const container = containersOn(world, engine).find(
    (one) => one.spec.networkMode === 'host' && listens(world, one, port),
  )
  return container && { container, port }
}

/** Another container in the same network namespace that listens there: `--network container:`, or the tasks of one ENI. */
function namespaceOf(world: World, self: Container, port: number): Container | undefined {
  if (listens(world, self, port)) return self
  if (self.ip !== undefined)
    return (world.lookup(containersByIp, self.ip) as readonly Container[]).find((one) => listens(world, one, port))
  const root = self.spec.networkMode?.startsWith('container:')
    ? self.spec.networkMode.slice('container:'.length)
    : self.name
  return containersOn(world, self.engine).find(
    (one) => (one.name === root || one.spec.networkMode === `container:${root}`) && listens(world, one, port),
  )
}

function addressOfSender(world: World, from: string, to: Container): string {
  const sender = world.get(from)
  if (sender?.kind === 'docker.Container') return addressOf(world, sender as Container) ?? '127.0.0.1'
  const network = to.endpoints[0]?.network
  return (network && networkNamed(world, to.engine, network)?.gateway) || '127.0.0.1'
}
