/** Something that does the work of a request: a container's process, a task, a function. */
export interface Station {
  /** Entity id that load is counted by. */
  readonly id: string
  /** CPU time of one request in ms. */
  readonly cpuMs: number
  /** Time that one request takes besides, waiting for disks and the like, in ms. */
  readonly baseMs: number
  /** Most CPU that it may use, in thousandths of a core; undefined when only its pool limits it. */
  readonly limitMilli?: number | undefined
  /** Its weight when its pool is short: the CPU it has asked for. */
  readonly weight: number
  /** The machine that it shares. */
  readonly pool: { readonly id: string; readonly milli: number }
  /** How many requests it works on at once; unlimited when absent. */
  readonly concurrency?: number | undefined
}

/** How one station fares. */
export interface StationLoad {
  readonly requestsPerSecond: number
  /** CPU in use, in thousandths of a core. */
  readonly cpuMilli: number
  /** Demand over capacity; above 1 it cannot follow. */
  readonly utilisation: number
  readonly p50: number
  readonly p95: number
  /** Share of requests that are not answered, 0 to 1. */
  readonly errors: number
}

/** The longest that a client waits for an answer, in ms. */
export const PATIENCE_MS = 10_000

/**
 * CPU that each station of one pool may use, by what all of them demand: while there is enough each may use what the others leave;
 * when there is not, it is shared by weight, and what one does not use goes to the others.
 * Models: Linux cgroup cpu.weight and cpu.max
 */
export function capacities(
  stations: readonly { readonly station: Station; readonly demand: number }[],
): ReadonlyMap<string, number> {
  const result = new Map<string, number>()
  const pools = new Map<string, { station: Station; wants: number }[]>()
  for (const { station, demand } of stations) {
    const wants = Math.min(demand, station.limitMilli ?? Number.POSITIVE_INFINITY)
    const list = pools.get(station.pool.id)
    if (list) list.push({ station, wants })
    else pools.set(station.pool.id, [{ station, wants }])
  }
  for (const list of pools.values()) {
    const milli = list[0]?.station.pool.milli ?? 0
    const total = list.reduce((sum, { wants }) => sum + wants, 0)
    if (total <= milli) {
      for (const { station, wants } of list)
        result.set(station.id, Math.min(station.limitMilli ?? Number.POSITIVE_INFINITY, milli - (total - wants)))
      continue
    }
    shareOut(list, milli, result)
  }
  return result
}

function shareOut(
  list: readonly { readonly station: Station; readonly wants: number }[],
  milli: number,
  result: Map<string, number>,
): void {
  let open = [...list]
  let left = milli
  for (;;) {
    const weights = open.reduce((sum, { station }) => sum + Math.max(2, station.weight), 0)
    const content = open.filter(({ station, wants }) => wants <= (left * Math.max(2, station.weight)) / weights)
    if (content.length === 0 || content.length === open.length) {
      for (const { station } of open) result.set(station.id, (left * Math.max(2, station.weight)) / weights)
      return
    }
    for (const { station, wants } of content) {
      result.set(station.id, wants)
      left -= wants
    }
    open = open.filter((one) => !content.includes(one))
  }
}

/**
 * How a station fares at a rate: the time in its queue grows as 1/(1 - utilisation), and above 1 the surplus is lost after the clients'
 * patience. A CPU limit below a core stretches the work itself, the more the fuller it is (throttling).
 * Models: Sakasegawa's approximation of an M/M/c queue.
 */
export function loadAt(station: Station, rate: number, capacity: number): StationLoad {
  const demand = rate * station.cpuMs
  const cpu = capacity > 0 ? demand / capacity : demand > 0 ? Number.POSITIVE_INFINITY : 0
  const stretch = Math.max(1, 1000 / Math.max(1, capacity)) - 1
  const work = station.cpuMs * (1 + Math.min(1, cpu) * stretch)
  const slots = station.concurrency === undefined ? 0 : (rate * (station.baseMs + work)) / 1000 / station.concurrency
  const utilisation = Math.max(cpu, slots)
  const cpuMilli = Math.min(demand, capacity)
  if (utilisation >= 1)
    return {
      requestsPerSecond: rate,
      cpuMilli,
      utilisation,
      p50: PATIENCE_MS / 2,
      p95: PATIENCE_MS,
      errors: utilisation === Number.POSITIVE_INFINITY ? 1 : 1 - 1 / utilisation,
    }
  const servers = slots > cpu ? (station.concurrency ?? 1) : Math.max(1, Math.round(capacity / 1000))
  const wait = ((work / servers) * utilisation ** (Math.sqrt(2 * (servers + 1)) - 1)) / (1 - utilisation)
  const once = station.baseMs + work
  return {
    requestsPerSecond: rate,
    cpuMilli,
    utilisation,
    p50: Math.min(PATIENCE_MS, once + wait * Math.LN2),
    p95: Math.min(PATIENCE_MS, once + wait * 3),
    errors: 0,
  }
}
