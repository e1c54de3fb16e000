import type { World } from '../../../kernel/index.ts'
import { computeFlow, type Flow, type Route, rateOf, type Source, type TrafficClient } from '../../traffic/index.ts'
import { runningLoops } from './loops.ts'
import { routesOf } from './routes.ts'
import { targetUrl } from './target.ts'

/** Kinds whose changes may change what flows: as long as none of them has changed, the last answer holds. */
const KINDS = [
  'traffic.Client',
  'k8s.ProxyRules',
  'k8s.StaleRules',
  'k8s.Container',
  'k8s.Pod',
  'k8s.Node',
  'k8s.Machine',
  'k8s.Component',
  'k8s.NetworkPolicy',
  'k8s.Ingress',
  'k8s.IngressClass',
  'k8s.Service',
  'k8s.EndpointSlice',
  'k8s.Namespace',
  'shell.Process',
] as const

const EMPTY: Flow = { edges: [], load: new Map(), sent: new Map() }
const last = new WeakMap<
  World,
  { readonly key: string; readonly at: number; readonly until: number; readonly flow: Flow }
>()

/**
 * Requests per second on every way, and what they do to every pod, worked out from the wiring of this moment: by pod id `load` says the
 * rate, CPU in use (thousandths of a core), utilisation, p50 and p95 in ms and the share that fails. Pure, and remembered until something
 * that it depends on changes; costs nothing while nobody sends.
 */
export function flows(world: World): Flow {
  const sources = sourcesOf(world)
  if (sources.length === 0) return EMPTY
  const key = `${KINDS.map((kind) => world.version(kind)).join()} ${sources.map(({ id, rate, pauseMs, url }) => `${id} ${rate ?? `/${pauseMs}`} ${url}`).join('\n')}`
  const known = last.get(world)
  if (known?.key === key && world.now >= known.at && world.now < known.until) return known.flow
  const horizon = { until: Number.POSITIVE_INFINITY }
  const flow = computeFlow(sources, (from, url): readonly Route[] => routesOf(world, from, url, horizon))
  last.set(world, { key, at: world.now, until: horizon.until, flow })
  return flow
}

function sourcesOf(world: World): readonly Source[] {
  const sources: Source[] = []
  for (const client of world.all('traffic.Client') as Iterable<TrafficClient>) {
    const rate = rateOf(client, world.now)
    if (rate > 0) sources.push({ id: client.id, url: targetUrl(world, client.target, client.from), rate })
  }
  for (const { id, url, pauseMs } of runningLoops(world)) sources.push({ id, url, pauseMs })
  return sources
}
