import { type ObjectStore, readCommit } from '../object/store.ts'

/** Every commit that can be reached from some, themselves included. */
export function ancestors(
  store: ObjectStore,
  from: readonly string[],
  stop: ReadonlySet<string> = new Set(),
): Set<string> {
  const seen = new Set<string>()
  const work = [...from]
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if (seen.has(id) || stop.has(id)) continue
    seen.add(id)
    work.push(...readCommit(store, id).parents)
  }
  return seen
}

/** Whether a commit is another's ancestor, or the same. */
export function isAncestor(store: ObjectStore, older: string, newer: string): boolean {
  return older === newer || ancestors(store, [newer]).has(older)
}

/** The best common ancestors of two commits, newest first: common ones of which none is an ancestor of another. */
export function mergeBases(store: ObjectStore, a: string, b: string): readonly string[] {
  if (a === b) return [a]
  const left = ancestors(store, [a])
  const common = new Set<string>()
  const frontier: string[] = []
  const seen = new Set<string>()
  const work = [b]
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    if (left.has(id)) {
      frontier.push(id)
      continue
    }
    work.push(...readCommit(store, id).parents)
  }
  for (const id of frontier) common.add(id)
  const best = [...common].filter(
    (id) => ![...common].some((other) => other !== id && ancestors(store, [other]).has(id)),
  )
  const date = (id: string): number => readCommit(store, id).committer.at
  return best.sort((x, y) => date(y) - date(x))
}

/** How many commits each of two has that the other has not. */
export function aheadBehind(
  store: ObjectStore,
  a: string,
  b: string,
): { readonly ahead: number; readonly behind: number } {
  const left = ancestors(store, [a])
  const right = ancestors(store, [b])
  return {
    ahead: [...left].filter((id) => !right.has(id)).length,
    behind: [...right].filter((id) => !left.has(id)).length,
  }
}
