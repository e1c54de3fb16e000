import type { World } from '../../kernel/index.ts'
import { rateOf, type TrafficClient } from './client.ts'
import { computeFlow, type Flow, type Route, type Source } from './flow.ts'
import { allReaches, type Caller, doorAt, type Horizon, nameShares, type Visit } from './reach.ts'

const EMPTY: Flow = { edges: [], load: new Map(), sent: new Map() }
const last = new WeakMap<
  World,
  { readonly key: string; readonly at: number; readonly until: number; readonly flow: Flow }
>()

/** Address of everyone outside: the learner's own machine. */
const OUTSIDE_IP = '198.18.0.1'

/**
 * Requests per second on every way, and what they do to everything that answers, worked out from the wiring of this moment: by entity id
 * `load` says the rate, CPU in use (thousandths of a core), utilisation, p50 and p95 in ms and the share that fails. Pure, and remembered
 * until something that it depends on changes; costs nothing while nobody sends.
 */
export function flows(world: World): Flow {
  const sources = sourcesOf(world)
  if (sources.length === 0) return EMPTY
  const key = `${kinds()
    .map((kind) => world.version(kind))
    .join()} ${sources.map(({ id, rate, pauseMs, url }) => `${id} ${rate ?? `/${pauseMs}`} ${url}`).join('\n')}`
  const known = last.get(world)
  if (known?.key === key && world.now >= known.at && world.now < known.until) return known.flow
  const horizon = { until: Number.POSITIVE_INFINITY }
  const flow = computeFlow(sources, (from, url): readonly Route[] => routesOf(world, from, url, horizon))
  last.set(world, { key, at: world.now, until: horizon.until, flow })
  return flow
}

function kinds(): readonly string[] {
  return ['traffic.Client', ...new Set(allReaches().flatMap((reach) => reach.kinds))]
}

function sourcesOf(world: World): readonly Source[] {
  const sources: Source[] = []
  for (const client of world.all('traffic.Client') as Iterable<TrafficClient>) {
    const rate = rateOf(client, world.now)
    if (rate > 0) sources.push({ id: client.id, url: urlOf(world, client), rate })
  }
  for (const reach of allReaches()) if (reach.sources) sources.push(...reach.sources(world))
  return sources
}

/** The URL that a client sends to. */
export function urlOf(world: World, { target, from }: TrafficClient): string {
  for (const reach of allReaches()) {
    const url = reach.url?.(world, target, from)
    if (url !== undefined) return url
  }
  return target
}

function routesOf(world: World, from: string, url: string, horizon: Horizon): readonly Route[] {
  const parts = /^(?:(https?):\/\/)?(?:([^@/]*)@)?([^:/?#]+)(?::(\d+))?([/?][^#]*)?/i.exec(url)
  const rest = allReaches().find((reach) => reach.routes)
  const beyond = (text: string): readonly Route[] =>
    rest?.routes?.(world, from, text, horizon) ?? [{ to: from, share: 1, fails: 'unknown host' }]
  if (!parts) return beyond(url)
  const [, scheme = 'http', user, host = '', port, path = '/'] = parts
  const literal = /^\d+\.\d+\.\d+\.\d+$/.test(host)
  const shares = literal ? [{ ip: host, share: 1 }] : nameShares(world, host, horizon)
  if (!shares) return beyond(url)
  if (shares.length === 0) return [{ to: from, share: 1, fails: 'unknown host' }]
  const secure = scheme.toLowerCase() === 'https'
  const number = port === undefined ? (secure ? 443 : 80) : Number(port)
  const plainPort = port === undefined ? '' : `:${port}`
  const caller: Caller = { id: from, ip: OUTSIDE_IP }
  const visit: Visit = {
    method: 'GET',
    scheme: secure ? 'https' : 'http',
    host: `${user ?? host}${plainPort}`,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: {},
    from: caller,
  }
  return shares.flatMap(({ ip, share }) => {
    const door = doorAt(world, ip, number, caller)
    if (door) return [door.route(visit, share, horizon)]
    const others = beyond(literal ? url : `${scheme}://${user ?? host}@${ip}${plainPort}${path}`)
    return others.map((route) => ({ ...route, share: route.share * share }))
  })
}
