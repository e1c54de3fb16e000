import type { PodEntry } from './nodeInfo.ts'
import type { Labels } from './objects.ts'
import { noLabels } from './objects.ts'
import type { TopologyColumn } from './topologyColumn.ts'

/** Which pods a counter counts. */
export interface CounterScope {
  /** Same key, same counter. */
  readonly key: string
  /** Undefined counts in every namespace. */
  readonly namespaces: readonly string[] | undefined
  readonly matches: (labels: Labels) => boolean
  /** A label pair that all counted pods have, if known: it makes most pods cheap to pass over. */
  readonly pair: readonly [key: string, value: string] | undefined
  readonly countTerminating: boolean
}

/** How many matching pods each node and each topology domain holds, kept up to date pod by pod. */
export class MatchCounter {
  readonly scope: CounterScope
  /** By node slot. */
  perSlot: Int32Array
  /** All counted pods, also those on nodes without a Node object. */
  total = 0
  lastUsed = 0
  private domains: DomainCounts[] = []

  constructor(scope: CounterScope, capacity: number) {
    this.scope = scope
    this.perSlot = new Int32Array(capacity)
  }

  /** Counts a pod in (+1) or out (-1) if it is in scope. */
  count(entry: PodEntry, delta: number): void {
    if (entry.terminating && !this.scope.countTerminating) return
    if (!this.scope.matches(entry.pod.metadata.labels ?? noLabels)) return
    if (entry.slot >= this.perSlot.length) this.perSlot = grown(this.perSlot, entry.slot + 1)
    this.perSlot[entry.slot] = (this.perSlot[entry.slot] as number) + delta
    this.total += delta
    for (const domain of this.domains) {
      const id = domain.column.domainOf[entry.slot] ?? -1
      if (id >= 0) domain.counts[id] = (domain.counts[id] ?? 0) + delta
    }
  }

  /** Matching pods on one node. */
  at(slot: number): number {
    return this.perSlot[slot] ?? 0
  }

  /** Matching pods by domain id of the column, over all nodes that exist. */
  byDomain(column: TopologyColumn): readonly number[] {
    for (const domain of this.domains) if (domain.column === column) return domain.counts
    const counts = new Array<number>(column.values.length).fill(0)
    for (let slot = 0; slot < this.perSlot.length; slot++) {
      const id = column.domainOf[slot] ?? -1
      if (id >= 0) counts[id] = (counts[id] ?? 0) + (this.perSlot[slot] as number)
    }
    this.domains = this.domains.filter((domain) => domain.column.key !== column.key)
    this.domains.push({ column, counts })
    return counts
  }
}

interface DomainCounts {
  readonly column: TopologyColumn
  readonly counts: number[]
}

function grown(array: Int32Array, least: number): Int32Array {
  const larger = new Int32Array(Math.max(least, array.length * 2))
  larger.set(array)
  return larger
}
