import {
  byteOrder,
  type FlatTree,
  filesOfCommit,
  type Repository as GitRepository,
  isAncestor,
  isBinary,
  type Leaf,
  type MemoryStore,
  mergeBases,
  mergeText,
  pathsOf,
  readBlob,
  writeBlob,
} from '../../git/index.ts'
import { textOfBase64 } from '../core/index.ts'
import { blobText, storeOver } from './commits.ts'
import { gitMode } from './fileModes.ts'
import { commitOf, plainPath } from './fileOperations.ts'
import type * as api from './types.generated.ts'
import { isRefused, type Refused, refused } from './words.ts'

/** What a merge is asked to do with files that both sides have changed. */
export interface MergeSettings {
  readonly repositoryName: string
  readonly sourceCommitSpecifier: string
  readonly destinationCommitSpecifier: string
  readonly conflictDetailLevel?: string | undefined
  readonly conflictResolutionStrategy?: string | undefined
  readonly conflictResolution?: api.ConflictResolution | undefined
}

/** A file as the common ancestor and the two sides have it; a side may have a folder in its place. */
export interface Versions {
  readonly base: Leaf | 'folder' | undefined
  readonly source: Leaf | 'folder' | undefined
  readonly destination: Leaf | 'folder' | undefined
}

export interface Conflict extends Versions {
  readonly path: string
  readonly content: boolean
  readonly mode: boolean
  readonly type: boolean
}

/** Two commits merged as far as they can be. */
export interface Merging {
  readonly store: MemoryStore
  readonly source: string
  readonly destination: string
  readonly base: string | undefined
  /** Whether the destination only has to move to the source. */
  readonly forward: boolean
  /** Whether the source has nothing that the destination lacks. */
  readonly done: boolean
  readonly files: FlatTree
  readonly conflicts: readonly Conflict[]
}

/**
 * Merges two commits file by file, without following renames. Models: AWS CodeCommit User Guide, "Resolve conflicts in a pull request":
 * at the level of files, one that both sides changed is in conflict; at that of lines, only where they changed the same ones.
 */
export function mergeOf(git: GitRepository, settings: MergeSettings): Merging | Refused {
  const source = commitOf(git, settings.sourceCommitSpecifier)
  if (isRefused(source)) return source
  const destination = commitOf(git, settings.destinationCommitSpecifier)
  if (isRefused(destination)) return destination
  const store = storeOver(git)
  const [base] = mergeBases(store, source, destination)
  const trees = {
    base: filesOfCommit(store, base),
    source: filesOfCommit(store, source),
    destination: filesOfCommit(store, destination),
  }
  const files = new Map<string, Leaf>()
  const conflicts: Conflict[] = []
  for (const path of pathsOf(trees.base, trees.source, trees.destination)) {
    const versions = versionsAt(path, trees)
    const { source: theirs, destination: ours, base: old } = versions
    const taken = same(ours, theirs) || same(old, theirs) ? ours : same(old, ours) ? theirs : undefined
    if (same(ours, theirs) || same(old, theirs) || same(old, ours)) {
      if (taken !== undefined && taken !== 'folder') files.set(path, taken)
      continue
    }
    const conflict = conflictOf(store, path, versions, settings.conflictDetailLevel === 'LINE_LEVEL')
    const resolved = resolve(store, conflict, settings)
    if (resolved === undefined) conflicts.push(conflict)
    else if (resolved !== 'gone') files.set(path, resolved)
  }
  const { forward, done } = {
    forward: isAncestor(store, destination, source),
    done: isAncestor(store, source, destination),
  }
  const merging = { store, source, destination, base, forward, done, files, conflicts }
  return settings.conflictResolution ? resolvedByHand(merging, settings.conflictResolution) : merging
}

function versionsAt(path: string, trees: { readonly [side in keyof Versions]: FlatTree }): Versions {
  const at = (tree: FlatTree): Leaf | 'folder' | undefined =>
    tree.get(path) ?? (hasFolder(tree, path) ? 'folder' : undefined)
  return { base: at(trees.base), source: at(trees.source), destination: at(trees.destination) }
}

const folders = new WeakMap<FlatTree, ReadonlySet<string>>()

function hasFolder(tree: FlatTree, path: string): boolean {
  let known = folders.get(tree)
  if (!known) {
    const all = new Set<string>()
    for (const name of tree.keys())
      for (let cut = name.lastIndexOf('/'); cut > 0; cut = name.lastIndexOf('/', cut - 1)) all.add(name.slice(0, cut))
    known = all
    folders.set(tree, known)
  }
  return known.has(path)
}

function same(a: Leaf | 'folder' | undefined, b: Leaf | 'folder' | undefined): boolean {
  if (a === undefined || b === undefined || a === 'folder' || b === 'folder') return a === b
  return a.id === b.id && a.mode === b.mode
}

const idOf = (side: Leaf | 'folder' | undefined) => (side === 'folder' ? side : side?.id)
const modeOf = (side: Leaf | 'folder' | undefined) => (side === 'folder' ? '40000' : side?.mode)
const typeOf = (mode: string | undefined) => (mode === undefined ? undefined : mode.slice(0, 2))

function conflictOf(store: MemoryStore, path: string, versions: Versions, lines: boolean): Conflict {
  const { base, source, destination } = versions
  const differ = (of: typeof modeOf): boolean => {
    const [b, s, d] = [of(base), of(source), of(destination)]
    return s !== d && s !== b && d !== b
  }
  const apart = typeOf(modeOf(source)) !== typeOf(modeOf(destination))
  const type = apart && source !== undefined && destination !== undefined
  const content = !type && differ(idOf) && !(lines && mergedLines(store, versions).conflicts === 0)
  const mode = !type && source !== undefined && destination !== undefined && differ(modeOf)
  return { path, ...versions, content, mode, type }
}

/** Text of a version; undefined for a folder or a submodule, empty for none. */
export function textOf(store: MemoryStore, side: Leaf | 'folder' | undefined): string | undefined {
  if (side === undefined) return ''
  return side === 'folder' || side.mode === '160000' ? undefined : readBlob(store, side.id)
}

/** The versions of a file merged line by line; binary files, and a deleted one, are in conflict as a whole. */
export function mergedLines(
  store: MemoryStore,
  { base, source, destination }: Versions,
  favor?: 'ours' | 'theirs',
): { readonly text: string; readonly conflicts: number } {
  const texts = [textOf(store, base), textOf(store, destination), textOf(store, source)]
  const [old, ours, theirs] = texts
  const whole = favor === 'theirs' ? theirs : ours
  if (source === undefined || destination === undefined) return { text: whole ?? '', conflicts: 1 }
  if (old === undefined || ours === undefined || theirs === undefined || [old, ours, theirs].some(isBinary))
    return { text: whole ?? '', conflicts: favor ? 0 : 1 }
  return mergeText(old, ours, theirs, { ours: 'destination', theirs: 'source', ...(favor ? { favor } : {}) })
}

/** What becomes of a file that both sides have changed, by level and strategy; undefined when it has to be resolved by hand. */
function resolve(store: MemoryStore, conflict: Conflict, settings: MergeSettings): Leaf | 'gone' | undefined {
  const { base, source, destination, content, mode, type } = conflict
  const { conflictDetailLevel: level, conflictResolutionStrategy: strategy } = settings
  const accepts = strategy === 'ACCEPT_SOURCE' ? source : strategy === 'ACCEPT_DESTINATION' ? destination : undefined
  const accepted = strategy === 'ACCEPT_SOURCE' || strategy === 'ACCEPT_DESTINATION'
  const whole = (): Leaf | 'gone' => (accepts === undefined || accepts === 'folder' ? 'gone' : accepts)
  if (accepted && (type || level !== 'LINE_LEVEL'))
    return content || mode || type ? whole() : mergedLeaf(store, conflict)
  if (type) return undefined
  if (source === undefined || destination === undefined || source === 'folder' || destination === 'folder')
    return accepted ? whole() : undefined
  if (accepted) {
    const { text } = mergedLines(store, conflict, strategy === 'ACCEPT_SOURCE' ? 'theirs' : 'ours')
    return { id: writeBlob(store, text), mode: mode ? (accepts as Leaf).mode : newMode(base, source, destination) }
  }
  if (mode) return undefined
  if (!content) return mergedLeaf(store, conflict)
  if (strategy !== 'AUTOMERGE') return undefined
  return mergedLines(store, conflict).conflicts === 0 ? mergedLeaf(store, conflict) : undefined
}

function mergedLeaf(store: MemoryStore, conflict: Conflict): Leaf | undefined {
  const { base, source, destination } = conflict
  if (source === undefined || destination === undefined || source === 'folder' || destination === 'folder')
    return undefined
  const mode = newMode(base, source, destination)
  if (source.id === destination.id || idOf(base) === destination.id) return { id: source.id, mode }
  if (idOf(base) === source.id) return { id: destination.id, mode }
  return { id: writeBlob(store, mergedLines(store, conflict).text), mode }
}

function newMode(base: Leaf | 'folder' | undefined, source: Leaf, destination: Leaf): string {
  return modeOf(base) === destination.mode ? source.mode : destination.mode
}

/** Resolves what is left in conflict as someone has decided; what is decided must be in conflict. */
function resolvedByHand(merging: Merging, decided: api.ConflictResolution): Merging | Refused {
  const { replaceContents = [], deleteFiles = [], setFileModes = [] } = decided
  const paths = [...replaceContents, ...deleteFiles, ...setFileModes].map(({ filePath }) => plainPath(filePath) ?? '')
  if (new Set(paths).size < paths.length) return refused('MultipleConflictResolutionEntries')
  const files = new Map(merging.files)
  const left = new Map(merging.conflicts.map((conflict) => [conflict.path, conflict]))
  if (paths.some((path) => !left.has(path))) return refused('InvalidConflictResolution')
  const put = (path: string, leaf: Leaf | 'folder' | undefined): void => {
    if (leaf !== undefined && leaf !== 'folder') files.set(path, leaf)
    left.delete(path)
  }
  for (const { filePath, replacementType, content, fileMode } of replaceContents) {
    const path = plainPath(filePath) ?? ''
    const conflict = left.get(path)
    if (!conflict) continue
    if (replacementType === 'USE_NEW_CONTENT') {
      if (content === undefined) return refused('ReplacementContentRequired')
      const mode = fileMode === undefined ? (modeOf(conflict.destination) ?? '100644') : gitMode(fileMode)
      put(path, {
        id: writeBlob(merging.store, blobText(content, textOfBase64)),
        mode: mode === '40000' ? '100644' : mode,
      })
      continue
    }
    const side = replacementType === 'KEEP_BASE' ? 'base' : replacementType === 'KEEP_SOURCE' ? 'source' : 'destination'
    const kept = conflict[side]
    const leaf =
      kept === undefined || kept === 'folder' || fileMode === undefined ? kept : { ...kept, mode: gitMode(fileMode) }
    put(path, leaf)
  }
  for (const { filePath } of deleteFiles) put(plainPath(filePath) ?? '', undefined)
  for (const { filePath, fileMode } of setFileModes) {
    const path = plainPath(filePath) ?? ''
    const conflict = left.get(path)
    const merged = conflict && mergedLeaf(merging.store, conflict)
    if (!merged || conflict.content) return refused('InvalidConflictResolution')
    put(path, { ...merged, mode: gitMode(fileMode) })
  }
  const sorted = new Map([...files].sort(([a], [b]) => byteOrder(a, b)))
  return { ...merging, files: sorted, conflicts: [...left.values()] }
}
