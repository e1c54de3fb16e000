import {
  type Blob,
  type Commit,
  type GitObject,
  objectId,
  parseStored,
  storedText,
  type Tag,
  type Tree,
} from './gitObject.ts'

/** Where objects are kept: in a working copy's `.git/objects`, in a hosted repository, or in memory. */
export interface ObjectStore {
  /** The stored text of an object. */
  text(id: string): string | undefined
  put(id: string, text: string): void
  /** Every id that begins so. */
  startingWith(prefix: string): readonly string[]
}

/** The object under an id; undefined when it is not there. */
export function readObject(store: ObjectStore, id: string): GitObject | undefined {
  const text = store.text(id)
  return text === undefined ? undefined : parsed(text)
}

export function readCommit(store: ObjectStore, id: string): Commit {
  const object = readObject(store, id)
  if (object?.type !== 'commit') throw new MissingObject(id)
  return object
}

export function readTree(store: ObjectStore, id: string): Tree {
  const object = readObject(store, id)
  if (object?.type === 'tree') return object
  if (id === EMPTY_TREE) return { type: 'tree', entries: [] }
  throw new MissingObject(id)
}

export function readBlob(store: ObjectStore, id: string): string {
  const object = readObject(store, id)
  if (object?.type !== 'blob') throw new MissingObject(id)
  return object.text
}

/** Keeps an object and answers its id. */
export function writeObject(store: ObjectStore, object: Blob | Tree | Commit | Tag): string {
  const id = objectId(object)
  if (store.text(id) === undefined) store.put(id, storedText(object))
  return id
}

export function writeBlob(store: ObjectStore, text: string): string {
  return writeObject(store, { type: 'blob', text })
}

/** The tree that has nothing in it; every repository knows it without keeping it. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** An object that must be there is not. */
export class MissingObject extends Error {
  readonly id: string
  constructor(id: string) {
    super(`unable to read ${id}`)
    this.id = id
  }
}

/** A store in memory, over others that it reads from. */
export class MemoryStore implements ObjectStore {
  readonly added = new Map<string, string>()
  private readonly under: readonly ObjectStore[]
  constructor(...under: readonly ObjectStore[]) {
    this.under = under
  }
  text(id: string): string | undefined {
    const own = this.added.get(id)
    if (own !== undefined) return own
    for (const store of this.under) {
      const text = store.text(id)
      if (text !== undefined) return text
    }
    return undefined
  }
  put(id: string, text: string): void {
    this.added.set(id, text)
  }
  startingWith(prefix: string): readonly string[] {
    return [
      ...new Set([
        ...[...this.added.keys()].filter((id) => id.startsWith(prefix)),
        ...this.under.flatMap((store) => store.startingWith(prefix)),
      ]),
    ]
  }
}

/** Objects by their stored text: the same text is always the same object. Emptied now and then, so that it cannot grow for ever. */
const memo = new Map<string, GitObject>()
const KEPT = 20_000

function parsed(text: string): GitObject | undefined {
  const known = memo.get(text)
  if (known) return known
  const object = parseStored(text)
  if (!object) return undefined
  if (memo.size >= KEPT) memo.clear()
  memo.set(text, object)
  return object
}
