import { capacities, loadAt, PATIENCE_MS, type Station, type StationLoad } from './station.ts'

/** One branch of the way that requests to a URL take: its share of them, and what becomes of it. */
export type Route =
  | { readonly to: string; readonly share: number; readonly next: readonly Route[] }
  | {
      readonly to: string
      readonly share: number
      readonly station: Station
      /** URLs that the station itself calls once for every request. */
      readonly calls: readonly string[]
      /** Share of the requests that it answers with an error of its own, 0 to 1. */
      readonly bad?: number | undefined
    }
  | {
      readonly to: string
      readonly share: number
      readonly fails: 'refused' | 'timeout' | 'unreachable' | 'unknown host'
    }

/** Who sends: at a rate of its own, or one request after another with a pause in between. */
export interface Source {
  readonly id: string
  readonly url: string
  readonly rate?: number | undefined
  /** Pause between an answer and the next request, in ms; for sources that wait for answers. */
  readonly pauseMs?: number | undefined
}

/** What answers at a URL, seen from a place. Given by the domain whose addresses they are. */
export type Resolve = (from: string, url: string) => readonly Route[]

/** Requests from one thing to another. */
export interface FlowEdge {
  readonly from: string
  readonly to: string
  /** Requests per second. */
  readonly rate: number
  readonly p50: number
  readonly p95: number
  /** Share that fails, 0 to 1. */
  readonly errors: number
}

export interface Flow {
  readonly edges: readonly FlowEdge[]
  readonly load: ReadonlyMap<string, StationLoad>
  /** Requests per second that each source manages to send. */
  readonly sent: ReadonlyMap<string, number>
}

const DEPTH = 8
const ROUNDS = 12

/**
 * Works out what all sources together do to everything on their ways: rates first, then how each station fares, again until sources that
 * wait for answers and stations that lose requests agree. Pure: the same wiring gives the same numbers.
 */
export function computeFlow(sources: readonly Source[], resolve: Resolve): Flow {
  const routes = new Map<string, readonly Route[]>()
  const routesOf = (from: string, url: string) => {
    const key = `${from}\n${url}`
    let known = routes.get(key)
    if (!known) {
      known = resolve(from, url)
      routes.set(key, known)
    }
    return known
  }
  let rates = sources.map((source) => source.rate ?? 1000 / (1 + (source.pauseMs ?? 0)))
  let spread: Spread = { edges: new Map(), stations: new Map() }
  let load: ReadonlyMap<string, StationLoad> = new Map()
  for (let round = 0; round < ROUNDS; round++) {
    spread = spreadOut(sources, rates, routesOf, load)
    load = loadOf(spread)
    const next = sources.map((source, i) => {
      if (source.rate !== undefined) return source.rate
      const alone = timing(routesOf(source.id, source.url), routesOf, aloneLoad(spread, load, rates[i] ?? 0), 0)
      const goal = 1000 / Math.max(0.1, (source.pauseMs ?? 0) + alone.p50)
      return ((rates[i] ?? 0) + goal) / 2
    })
    const settled = next.every((rate, i) => Math.abs(rate - (rates[i] ?? 0)) <= 0.005 * rate)
    const lossless = [...load.values()].every(({ errors }) => errors === 0)
    rates = next
    if (settled && (lossless || round > 3)) break
  }
  const edges = [...spread.edges.values()].map(({ from, to, rate, route }): FlowEdge => {
    const { p50, p95, errors } = timing([{ ...route, share: 1 }], routesOf, load, 0)
    return { from, to, rate, p50, p95, errors }
  })
  const sent = new Map<string, number>()
  for (const [i, { id }] of sources.entries()) sent.set(id, (sent.get(id) ?? 0) + (rates[i] ?? 0))
  return { edges, load, sent }
}

interface Spread {
  readonly edges: Map<string, { readonly from: string; readonly to: string; rate: number; readonly route: Route }>
  readonly stations: Map<string, { readonly station: Station; rate: number }>
}

type RoutesOf = (from: string, url: string) => readonly Route[]

function spreadOut(
  sources: readonly Source[],
  rates: readonly number[],
  routesOf: RoutesOf,
  load: ReadonlyMap<string, StationLoad>,
): Spread {
  const spread: Spread = { edges: new Map(), stations: new Map() }
  let wave = new Map<string, { from: string; url: string; rate: number }>()
  for (const [i, { id, url }] of sources.entries()) addTo(wave, id, url, rates[i] ?? 0)
  for (let depth = 0; depth < DEPTH && wave.size > 0; depth++) {
    const next = new Map<string, { from: string; url: string; rate: number }>()
    const walk = (from: string, list: readonly Route[], rate: number): void => {
      for (const route of list) {
        const part = rate * route.share
        if (part <= 0) continue
        const key = `${from}\n${route.to}`
        const edge = spread.edges.get(key)
        if (edge) edge.rate += part
        else spread.edges.set(key, { from, to: route.to, rate: part, route })
        if ('next' in route) walk(route.to, route.next, part)
        else if ('station' in route) {
          const { station } = route
          const seen = spread.stations.get(station.id)
          if (seen) seen.rate += part
          else spread.stations.set(station.id, { station, rate: part })
          const served = part * (1 - (load.get(station.id)?.errors ?? 0))
          for (const url of route.calls) addTo(next, station.id, url, served)
        }
      }
    }
    for (const { from, url, rate } of wave.values()) walk(from, routesOf(from, url), rate)
    wave = next
  }
  return spread
}

function addTo(
  wave: Map<string, { from: string; url: string; rate: number }>,
  from: string,
  url: string,
  rate: number,
): void {
  const key = `${from}\n${url}`
  const known = wave.get(key)
  if (known) known.rate += rate
  else wave.set(key, { from, url, rate })
}

function loadOf(spread: Spread): ReadonlyMap<string, StationLoad> {
  const list = [...spread.stations.values()].map(({ station, rate }) => ({ station, demand: rate * station.cpuMs }))
  const capacity = capacities(list)
  const load = new Map<string, StationLoad>()
  for (const [id, { station, rate }] of spread.stations) load.set(id, loadAt(station, rate, capacity.get(id) ?? 0))
  return load
}

/**
 * The load as one request of a source that waits for answers meets it: without that source's own other requests, for it has none.
 * Models: the arrival theorem of closed queueing networks.
 */
function aloneLoad(
  spread: Spread,
  load: ReadonlyMap<string, StationLoad>,
  own: number,
): ReadonlyMap<string, StationLoad> {
  const alone = new Map<string, StationLoad>()
  for (const [id, { station, rate }] of spread.stations) {
    const full = load.get(id)
    if (!full) continue
    const capacity = full.utilisation > 0 ? Math.max(1, (rate * station.cpuMs) / full.utilisation) : 1000
    const others = loadAt(station, Math.max(0, rate - own), capacity)
    const stretch = Math.max(1, 1000 / capacity) - 1
    const slowed = station.cpuMs * Math.min(1, full.utilisation) * stretch
    const { p50, p95 } = others
    alone.set(id, { ...others, p50: Math.min(PATIENCE_MS, p50 + slowed), p95: Math.min(PATIENCE_MS, p95 + slowed) })
  }
  return alone
}

interface Timing {
  readonly p50: number
  readonly p95: number
  readonly errors: number
}

/** Time and losses of requests along routes; several branches are averaged by their share. */
function timing(
  list: readonly Route[],
  routesOf: RoutesOf,
  load: ReadonlyMap<string, StationLoad>,
  depth: number,
): Timing {
  let [total, p50, p95, errors] = [0, 0, 0, 0]
  for (const route of list) {
    const part = routeTiming(route, routesOf, load, depth)
    total += route.share
    p50 += part.p50 * route.share
    p95 += part.p95 * route.share
    errors += part.errors * route.share
  }
  if (total === 0) return { p50: 0, p95: 0, errors: 0 }
  return { p50: p50 / total, p95: p95 / total, errors: errors / total }
}

function routeTiming(route: Route, routesOf: RoutesOf, load: ReadonlyMap<string, StationLoad>, depth: number): Timing {
  if ('fails' in route) {
    const ms = route.fails === 'timeout' ? PATIENCE_MS : 1
    return { p50: ms, p95: ms, errors: 1 }
  }
  if ('next' in route) return timing(route.next, routesOf, load, depth)
  const own = load.get(route.station.id) ?? loadAt(route.station, 0, 1000)
  if (depth >= DEPTH) return own
  let { p50, p95 } = own
  let kept = (1 - own.errors) * (1 - (route.bad ?? 0))
  for (const url of route.calls) {
    const call = timing(routesOf(route.station.id, url), routesOf, load, depth + 1)
    p50 += call.p50
    p95 += call.p95
    kept *= 1 - call.errors
  }
  return { p50: Math.min(PATIENCE_MS, p50), p95: Math.min(PATIENCE_MS, p95), errors: 1 - kept }
}
