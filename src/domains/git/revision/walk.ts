import type { Commit } from '../object/gitObject.ts'
import { type ObjectStore, readCommit } from '../object/store.ts'
import { ancestors } from './ancestry.ts'

export interface WalkOptions {
  /** Commits to leave out with all that they can reach. */
  readonly not?: readonly string[]
  /** `date`: newest first; `topo`: no commit before its children, lines of history together. */
  readonly order?: 'date' | 'topo' | 'author-date' | 'date-order'
  readonly firstParent?: boolean
  /** Keeps commits that changed one of these paths, given a commit and one of its parents; history is simplified to them. */
  readonly changed?: ((commit: string, parent: string | undefined) => boolean) | undefined
}

/** A commit in a walk, with the parents that it has among the commits shown. */
export interface Walked {
  readonly id: string
  readonly commit: Commit
  readonly parents: readonly string[]
}

/** Commits reachable from `from`, in the order in which git shows them. Models: git revision.c */
export function walk(store: ObjectStore, from: readonly string[], options: WalkOptions = {}): readonly Walked[] {
  const hidden = options.not && options.not.length > 0 ? ancestors(store, options.not) : new Set<string>()
  const { changed } = options
  const parentsOf = (id: string): readonly string[] => {
    const { parents } = readCommit(store, id)
    return options.firstParent ? parents.slice(0, 1) : parents
  }
  /** For a walk by path: the parents that matter, and whether the commit itself changed anything. */
  const simple = new Map<string, { readonly parents: readonly string[]; readonly shown: boolean }>()
  const simplified = (id: string): { readonly parents: readonly string[]; readonly shown: boolean } => {
    const known = simple.get(id)
    if (known) return known
    const parents = parentsOf(id)
    let answer = { parents, shown: true }
    if (changed) {
      const same = parents.find((parent) => !changed(id, parent))
      if (parents.length === 0) answer = { parents, shown: changed(id, undefined) }
      else if (same !== undefined) answer = { parents: [same], shown: false }
    }
    simple.set(id, answer)
    return answer
  }
  const date = (id: string): number => readCommit(store, id).committer.at
  const order: string[] = []
  const seen = new Set<string>()
  const queue: string[] = []
  const insert = (id: string): void => {
    if (seen.has(id) || hidden.has(id)) return
    seen.add(id)
    let at = queue.length
    while (at > 0 && date(queue[at - 1] as string) < date(id)) at--
    queue.splice(at, 0, id)
  }
  for (const id of from) insert(id)
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    order.push(id)
    for (const parent of simplified(id).parents) insert(parent)
  }
  const sorted =
    options.order === undefined || options.order === 'date'
      ? order
      : topological(order, (id) => simplified(id).parents, options.order, store)
  const shown = sorted.filter((id) => simplified(id).shown)
  const visible = new Set(shown)
  const nearest = (id: string): string | undefined => {
    for (let at: string | undefined = id; at !== undefined; at = simplified(at).parents[0]) {
      if (visible.has(at) || hidden.has(at)) return at
    }
    return undefined
  }
  return shown.map((id) => {
    const parents = simplified(id).parents
    const kept = changed
      ? [...new Set(parents.map(nearest).filter((one): one is string => one !== undefined))]
      : parents
    return { id, commit: readCommit(store, id), parents: kept }
  })
}

/** No commit before all of its children; a merge's last parent's line comes first. Models: git commit.c sort_in_topological_order */
function topological(
  order: readonly string[],
  parentsOf: (id: string) => readonly string[],
  by: 'topo' | 'author-date' | 'date-order',
  store: ObjectStore,
): readonly string[] {
  const waiting = new Map(order.map((id) => [id, 0]))
  for (const id of order)
    for (const parent of parentsOf(id)) if (waiting.has(parent)) waiting.set(parent, (waiting.get(parent) ?? 0) + 1)
  const ready = order.filter((id) => waiting.get(id) === 0).reverse()
  const when = (id: string): number => {
    const { author, committer } = readCommit(store, id)
    return by === 'author-date' ? author.at : committer.at
  }
  const sorted: string[] = []
  const take = (): string | undefined => {
    if (by === 'topo') return ready.pop()
    let best = 0
    for (let at = 1; at < ready.length; at++) if (when(ready[at] as string) > when(ready[best] as string)) best = at
    return ready.splice(best, 1)[0]
  }
  for (let id = take(); id !== undefined; id = take()) {
    sorted.push(id)
    for (const parent of parentsOf(id)) {
      const left = waiting.get(parent)
      if (left === undefined) continue
      waiting.set(parent, left - 1)
      if (left === 1) ready.push(parent)
    }
  }
  return sorted
}
