import type { Entity } from './entity.ts'

/**
 * Something kept up to date beside the records: at every replacement the old record is removed from it and the new one added.
 * It must always equal what adding all present records to a fresh one gives, whatever happened on the way.
 */
export interface Derived<D = unknown> {
  readonly name: string
  /** Kinds whose records it is made of. */
  readonly kinds: readonly string[]
  create(): D
  add(derived: D, entity: Entity): void
  remove(derived: D, entity: Entity): void
  /** Whether a replacement leaves it as it is, so that removing and adding may be skipped. */
  readonly same?: (before: Entity, after: Entity) => boolean
  /** Does a replacement in one go, where that is cheaper than removing and adding; must come to the same. */
  readonly replace?: (derived: D, before: Entity, after: Entity) => void
  /** A copy that shares nothing mutable, for checkpoints; without it a checkpoint rebuilds by adding all records. */
  readonly copy?: (derived: D) => D
}

/** Ids of entities by key, in the order in which they came to have it. */
export type Index = Derived<Map<string, Set<string>>>

/** Declares an index: `keys` says under which keys a record is found. */
export function defineIndex(
  name: string,
  kinds: readonly string[],
  keys: (entity: Entity) => string | readonly string[] | undefined,
): Index {
  return {
    name,
    kinds,
    create: () => new Map(),
    add(index, entity) {
      eachKey(keys(entity), (key) => {
        const ids = index.get(key)
        if (ids) ids.add(entity.id)
        else index.set(key, new Set([entity.id]))
      })
    },
    remove(index, entity) {
      eachKey(keys(entity), (key) => {
        const ids = index.get(key)
        if (!ids) return
        ids.delete(entity.id)
        if (ids.size === 0) index.delete(key)
      })
    },
    same: (before, after) => sameKeys(keys(before), keys(after)),
    copy: (index) => new Map([...index].map(([key, ids]) => [key, new Set(ids)])),
  }
}

function eachKey(keys: string | readonly string[] | undefined, visit: (key: string) => void): void {
  if (keys === undefined) return
  if (typeof keys === 'string') visit(keys)
  else for (const key of keys) visit(key)
}

function sameKeys(a: string | readonly string[] | undefined, b: string | readonly string[] | undefined): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b)) return false
  return a.length === b.length && a.every((key, i) => key === b[i])
}
