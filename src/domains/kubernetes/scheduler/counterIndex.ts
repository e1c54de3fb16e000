import { type CounterScope, MatchCounter } from './matchCounter.ts'
import type { PodEntry } from './nodeInfo.ts'
import { noLabels } from './objects.ts'

/**
 * The counters of a snapshot. A pod that comes or goes only meets the counters that could want it: those of its namespace whose
 * sure label pair it has. The least recently used one is dropped beyond `limit`; it would be counted anew when asked for again.
 */
export class CounterIndex {
  private readonly counters = new Map<string, MatchCounter>()
  private readonly byNamespace = new Map<string, Buckets>()
  private readonly anywhere = new Set<MatchCounter>()
  private readonly limit: number
  private tick = 0

  constructor(limit = 1024) {
    this.limit = limit
  }

  /** The counter of a scope; counts `entries` (all pods of the scope's namespaces) when it is new. */
  counter(scope: CounterScope, capacity: number, entries: () => Iterable<PodEntry>): MatchCounter {
    this.tick++
    const known = this.counters.get(scope.key)
    if (known) {
      known.lastUsed = this.tick
      return known
    }
    const fresh = new MatchCounter(scope, capacity)
    fresh.lastUsed = this.tick
    for (const entry of entries()) fresh.count(entry, 1)
    if (this.counters.size >= this.limit) this.dropOldest()
    this.counters.set(scope.key, fresh)
    if (!scope.namespaces) this.anywhere.add(fresh)
    else for (const namespace of scope.namespaces) this.bucketFor(namespace, fresh).add(fresh)
    return fresh
  }

  /** Tells all counters that could want it about a pod that came (+1) or went (-1). */
  count(entry: PodEntry, delta: number): void {
    for (const counter of this.anywhere) counter.count(entry, delta)
    const buckets = this.byNamespace.get(entry.namespace)
    if (!buckets) return
    for (const counter of buckets.unsorted) counter.count(entry, delta)
    const labels = entry.pod.metadata.labels ?? noLabels
    for (const [key, byValue] of buckets.byPair) {
      const value = labels[key]
      if (value === undefined) continue
      const wanting = byValue.get(value)
      if (wanting) for (const counter of wanting) counter.count(entry, delta)
    }
  }

  private bucketFor(namespace: string, counter: MatchCounter): Set<MatchCounter> {
    let buckets = this.byNamespace.get(namespace)
    if (!buckets) {
      buckets = { unsorted: new Set(), byPair: new Map() }
      this.byNamespace.set(namespace, buckets)
    }
    const pair = counter.scope.pair
    if (!pair) return buckets.unsorted
    let byValue = buckets.byPair.get(pair[0])
    if (!byValue) {
      byValue = new Map()
      buckets.byPair.set(pair[0], byValue)
    }
    let bucket = byValue.get(pair[1])
    if (!bucket) {
      bucket = new Set()
      byValue.set(pair[1], bucket)
    }
    return bucket
  }

  private dropOldest(): void {
    let oldest: MatchCounter | undefined
    for (const counter of this.counters.values()) if (!oldest || counter.lastUsed < oldest.lastUsed) oldest = counter
    if (!oldest) return
    this.counters.delete(oldest.scope.key)
    this.anywhere.delete(oldest)
    for (const namespace of oldest.scope.namespaces ?? []) this.bucketFor(namespace, oldest).delete(oldest)
  }
}

interface Buckets {
  readonly unsorted: Set<MatchCounter>
  readonly byPair: Map<string, Map<string, Set<MatchCounter>>>
}
