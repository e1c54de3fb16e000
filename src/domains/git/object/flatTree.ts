import { byteOrder } from './byteOrder.ts'
import { sortedEntries, type TreeEntry } from './gitObject.ts'
import { EMPTY_TREE, type ObjectStore, readCommit, readObject, readTree, writeObject } from './store.ts'

/** A file in a tree: mode and blob. */
export interface Leaf {
  readonly mode: string
  readonly id: string
}

/** Files by path. */
export type FlatTree = ReadonlyMap<string, Leaf>

/** Every file of a tree by its path, in git's order. */
export function flatTree(store: ObjectStore, tree: string): FlatTree {
  const files = new Map<string, Leaf>()
  const visit = (id: string, prefix: string): void => {
    for (const entry of readTree(store, id).entries) {
      const path = `${prefix}${entry.name}`
      if (entry.mode === '40000') visit(entry.id, `${path}/`)
      else files.set(path, { mode: entry.mode, id: entry.id })
    }
  }
  if (tree !== EMPTY_TREE) visit(tree, '')
  return files
}

/** Every file of a commit's tree by its path; none for no commit. */
export function filesOfCommit(store: ObjectStore, commit: string | undefined): FlatTree {
  return commit === undefined ? new Map() : flatTree(store, readCommit(store, commit).tree)
}

/** Keeps the trees for these files and answers the id of the uppermost. */
export function writeTree(store: ObjectStore, files: FlatTree): string {
  interface Branch {
    readonly leaves: TreeEntry[]
    readonly below: Map<string, Branch>
  }
  const root: Branch = { leaves: [], below: new Map() }
  for (const [path, { mode, id }] of files) {
    const parts = path.split('/')
    const name = parts.pop() as string
    let at = root
    for (const part of parts) {
      let next = at.below.get(part)
      if (!next) {
        next = { leaves: [], below: new Map() }
        at.below.set(part, next)
      }
      at = next
    }
    at.leaves.push({ mode, name, id })
  }
  const write = (branch: Branch): string => {
    const trees = [...branch.below].map(([name, below]) => ({ mode: '40000', name, id: write(below) }))
    return writeObject(store, { type: 'tree', entries: sortedEntries([...branch.leaves, ...trees]) })
  }
  return write(root)
}

/** The entry at a path of a tree: a blob or a tree. */
export function entryAt(store: ObjectStore, tree: string, path: string): TreeEntry | undefined {
  let entry: TreeEntry = { mode: '40000', name: '', id: tree }
  for (const part of path.split('/').filter((one) => one !== '')) {
    if (entry.mode !== '40000') return undefined
    const found: TreeEntry | undefined = readTree(store, entry.id).entries.find(({ name }) => name === part)
    if (!found) return undefined
    entry = found
  }
  return entry
}

/** The tree that an object leads to: itself, its commit's, its tag's. */
export function treeOfObject(store: ObjectStore, id: string): string | undefined {
  if (id === EMPTY_TREE) return id
  const object = readObject(store, id)
  if (object?.type === 'tree') return id
  if (object?.type === 'commit') return object.tree
  return object?.type === 'tag' ? treeOfObject(store, object.object) : undefined
}

/** Paths of several flat trees, each once, in git's order. */
export function pathsOf(...trees: readonly ReadonlyMap<string, unknown>[]): readonly string[] {
  return [...new Set(trees.flatMap((tree) => [...tree.keys()]))].sort(byteOrder)
}
