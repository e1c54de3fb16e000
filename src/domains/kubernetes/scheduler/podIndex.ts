import type { CounterScope } from './matchCounter.ts'
import type { PodEntry } from './nodeInfo.ts'

/** All pods that occupy nodes, by key, by namespace, and within a namespace by template. */
export class PodIndex {
  private readonly entries = new Map<string, PodEntry>()
  private readonly byNamespace = new Map<string, NamespacePods>()

  get(key: string): PodEntry | undefined {
    return this.entries.get(key)
  }

  add(entry: PodEntry): void {
    this.entries.set(entry.key, entry)
    let same = this.byNamespace.get(entry.namespace)
    if (!same) {
      same = { all: new Set(), byHash: new Map() }
      this.byNamespace.set(entry.namespace, same)
    }
    same.all.add(entry)
    const hash = entry.pod.metadata.labels?.[hashLabel]
    if (hash === undefined) return
    const template = same.byHash.get(hash)
    if (template) template.add(entry)
    else same.byHash.set(hash, new Set([entry]))
  }

  remove(entry: PodEntry): void {
    this.entries.delete(entry.key)
    const same = this.byNamespace.get(entry.namespace)
    if (!same) return
    same.all.delete(entry)
    const hash = entry.pod.metadata.labels?.[hashLabel]
    const template = hash === undefined ? undefined : same.byHash.get(hash)
    template?.delete(entry)
    if (hash !== undefined && template?.size === 0) same.byHash.delete(hash)
    if (same.all.size === 0) this.byNamespace.delete(entry.namespace)
  }

  /** All pods that a scope could count; those of one template are kept apart, since most scopes want one template. */
  *within({ namespaces, pair }: CounterScope): Iterable<PodEntry> {
    if (!namespaces) {
      yield* this.entries.values()
      return
    }
    for (const namespace of namespaces) {
      const pods = this.byNamespace.get(namespace)
      yield* (pair?.[0] === hashLabel ? pods?.byHash.get(pair[1]) : pods?.all) ?? []
    }
  }
}

/** The label by which a ReplicaSet tells its pods from those of its siblings. */
const hashLabel = 'pod-template-hash'

interface NamespacePods {
  readonly all: Set<PodEntry>
  readonly byHash: Map<string, Set<PodEntry>>
}
