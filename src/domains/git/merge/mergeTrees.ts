import { isBinary } from '../diff/lines.ts'
import { findRenames } from '../diff/renames.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { type FlatTree, type Leaf, pathsOf } from '../object/flatTree.ts'
import { type ObjectStore, readBlob, writeBlob } from '../object/store.ts'
import { mergeText } from './mergeText.ts'

/** The versions of a file in conflict: of the common ancestor, ours and theirs. */
export interface Stages {
  readonly 1?: Leaf | undefined
  readonly 2?: Leaf | undefined
  readonly 3?: Leaf | undefined
}

export interface MergeResult {
  /** What the working tree gets; files in conflict have markers in them. */
  readonly files: FlatTree
  readonly conflicts: ReadonlyMap<string, Stages>
  /** `Auto-merging f`, `CONFLICT (content): Merge conflict in f`: whole lines without newline, in order of path. */
  readonly messages: readonly string[]
}

export interface MergeOptions {
  readonly ours: string
  readonly theirs: string
  readonly base: string
  readonly style?: 'merge' | 'diff3'
  readonly favor?: 'ours' | 'theirs' | undefined
  /** How deep in the merging of common ancestors this is; 0 for what was asked for. */
  readonly depth?: number
}

/** Which path of each side a file of the result comes from, and the versions there. */
interface Entry {
  readonly base?: Leaf | undefined
  readonly ours?: Leaf | undefined
  readonly theirs?: Leaf | undefined
  readonly names?: { readonly base: string; readonly ours: string; readonly theirs: string } | undefined
  /** Renamed here and deleted there: in conflict even where the content is unchanged. */
  readonly torn?: boolean | undefined
}

/**
 * Merges two trees with their common ancestor, file by file, following renames. Models: git merge-ort.c
 * Unlike git, files that one side puts into a directory that the other renamed are not moved along.
 */
export function mergeTrees(
  store: ObjectStore,
  base: FlatTree,
  ours: FlatTree,
  theirs: FlatTree,
  options: MergeOptions,
): MergeResult {
  const merge = new Merge(store, options)
  const renames = (side: FlatTree): ReadonlyMap<string, string> =>
    new Map(
      findRenames(store, treeDiff(store, base, side, { renames: false }), { empty: false }).flatMap(
        ({ status, old, new: fresh }): [string, string][] =>
          status === 'R' && old && fresh ? [[old.path, fresh.path]] : [],
      ),
    )
  const entries = new Map<string, Entry>()
  for (const path of pathsOf(base, ours, theirs))
    entries.set(path, { base: base.get(path), ours: ours.get(path), theirs: theirs.get(path) })
  followRenames(merge, entries, renames(ours), renames(theirs), base, ours, theirs)
  for (const path of [...entries.keys()].sort(byteOrder)) merge.resolve(path, entries.get(path) as Entry)
  merge.clearDirectories(ours, theirs)
  return merge.result()
}

function followRenames(
  merge: Merge,
  entries: Map<string, Entry>,
  ofOurs: ReadonlyMap<string, string>,
  ofTheirs: ReadonlyMap<string, string>,
  base: FlatTree,
  ours: FlatTree,
  theirs: FlatTree,
): void {
  for (const from of [...new Set([...ofOurs.keys(), ...ofTheirs.keys()])].sort(byteOrder)) {
    const a = ofOurs.get(from)
    const b = ofTheirs.get(from)
    const original = base.get(from)
    if (a !== undefined && b !== undefined) {
      entries.delete(from)
      if (a === b)
        entries.set(a, {
          base: original,
          ours: ours.get(a),
          theirs: theirs.get(b),
          names: { base: from, ours: a, theirs: b },
        })
      else {
        entries.delete(a)
        entries.delete(b)
        merge.renamedApart(from, a, b, original, ours.get(a), theirs.get(b))
      }
      continue
    }
    const to = (a ?? b) as string
    const mine = a !== undefined
    const renamed = (mine ? ours : theirs).get(to)
    const stayed = (mine ? theirs : ours).get(from)
    const added = (mine ? theirs : ours).get(to)
    entries.delete(from)
    if (stayed) {
      const names = mine ? { base: from, ours: to, theirs: from } : { base: from, ours: from, theirs: to }
      const entry: Entry = mine
        ? { base: original, ours: renamed, theirs: stayed, names }
        : { base: original, ours: stayed, theirs: renamed, names }
      if (!added) entries.set(to, entry)
      else {
        const merged = merge.content(to, entry)
        entries.set(to, mine ? { ours: merged, theirs: added } : { ours: added, theirs: merged })
      }
    } else if (added) entries.set(to, mine ? { ours: renamed, theirs: added } : { ours: added, theirs: renamed })
    else {
      merge.say(
        to,
        mine
          ? `CONFLICT (rename/delete): ${from} renamed to ${to} in ${merge.options.ours}, but deleted in ${merge.options.theirs}.`
          : `CONFLICT (rename/delete): ${from} renamed to ${to} in ${merge.options.theirs}, but deleted in ${merge.options.ours}.`,
      )
      entries.set(
        to,
        mine ? { base: original, ours: renamed, torn: true } : { base: original, theirs: renamed, torn: true },
      )
    }
  }
}

class Merge {
  readonly options: MergeOptions
  private readonly store: ObjectStore
  private readonly files = new Map<string, Leaf>()
  private readonly conflicts = new Map<string, Stages>()
  private readonly told = new Map<string, string[]>()

  constructor(store: ObjectStore, options: MergeOptions) {
    this.store = store
    this.options = options
  }

  say(path: string, text: string): void {
    const list = this.told.get(path)
    if (list) list.push(text)
    else this.told.set(path, [text])
  }

  result(): MergeResult {
    const sorted = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
      [...map].sort(([a], [b]) => byteOrder(a, b))
    return {
      files: new Map(sorted(this.files)),
      conflicts: new Map(sorted(this.conflicts)),
      messages: sorted(this.told).flatMap(([, lines]) => lines),
    }
  }

  resolve(path: string, entry: Entry): void {
    const { base, ours, theirs } = entry
    if (entry.torn) this.deleted(path, entry)
    else if (same(ours, theirs) || same(base, theirs)) this.put(path, ours)
    else if (same(base, ours)) this.put(path, theirs)
    else if (ours && theirs) this.put(path, this.content(path, entry))
    else this.deleted(path, entry)
  }

  /** Both sides have it and differ: merges line by line and notes a conflict where that does not do. */
  content(path: string, { base, ours, theirs, names }: Entry): Leaf | undefined {
    if (!ours || !theirs) return ours ?? theirs
    const { options, store } = this
    const depth = options.depth ?? 0
    const mode = base && base.mode === ours.mode ? theirs.mode : ours.mode
    if (ours.id === theirs.id) return { mode, id: ours.id }
    if (base?.id === ours.id) return { mode, id: theirs.id }
    if (base?.id === theirs.id) return { mode, id: ours.id }
    const texts = [base ? readBlob(store, base.id) : '', readBlob(store, ours.id), readBlob(store, theirs.id)] as const
    const stages = { 1: base, 2: ours, 3: theirs }
    const words = base
      ? `CONFLICT (content): Merge conflict in ${path}`
      : `CONFLICT (add/add): Merge conflict in ${path}`
    if (texts.some(isBinary)) {
      this.say(path, `warning: Cannot merge binary files: ${path} (${options.ours} vs. ${options.theirs})`)
      this.say(path, `Auto-merging ${path}`)
      this.say(path, words)
      this.conflicts.set(path, stages)
      return depth > 0 && base ? base : ours
    }
    const apart = names !== undefined && names.ours !== names.theirs
    const merged = mergeText(...texts, {
      ours: apart ? `${options.ours}:${names.ours}` : options.ours,
      theirs: apart ? `${options.theirs}:${names.theirs}` : options.theirs,
      base: apart ? `${options.base}:${names.base}` : options.base,
      ...(options.style ? { style: options.style } : {}),
      favor: options.favor,
      markers: 7 + 2 * depth,
    })
    this.say(path, `Auto-merging ${path}`)
    if (merged.conflicts > 0) {
      this.say(path, words)
      this.conflicts.set(path, stages)
    }
    return { mode, id: writeBlob(store, merged.text) }
  }

  /** One side has deleted what the other changed. */
  private deleted(path: string, { base, ours, theirs, torn }: Entry): void {
    const { options } = this
    const left = ours ?? theirs
    const [keeps, drops] = ours ? [options.ours, options.theirs] : [options.theirs, options.ours]
    if (!torn || left?.id !== base?.id)
      this.say(
        path,
        `CONFLICT (modify/delete): ${path} deleted in ${drops} and modified in ${keeps}.  Version ${keeps} of ${path} left in tree.`,
      )
    this.conflicts.set(path, { 1: base, 2: ours, 3: theirs })
    this.put(path, (options.depth ?? 0) > 0 ? base : left)
  }

  /** Each side gave it another name. */
  renamedApart(
    from: string,
    a: string,
    b: string,
    base: Leaf | undefined,
    ours: Leaf | undefined,
    theirs: Leaf | undefined,
  ): void {
    const { options } = this
    const merged = this.content(a, { base, ours, theirs, names: { base: from, ours: a, theirs: b } })
    this.say(
      from,
      `CONFLICT (rename/rename): ${from} renamed to ${a} in ${options.ours} and to ${b} in ${options.theirs}.`,
    )
    this.conflicts.set(from, { 1: base })
    this.conflicts.set(a, { 2: merged })
    this.conflicts.set(b, { 3: merged })
    this.put(a, merged)
    this.put(b, merged)
  }

  /** Gives a file another name where a directory of the same name is in the way. */
  clearDirectories(ours: FlatTree, theirs: FlatTree): void {
    const directories = new Set<string>()
    for (const path of this.files.keys())
      for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
        directories.add(path.slice(0, cut))
    for (const path of [...this.files.keys()]) {
      if (!directories.has(path)) continue
      const leaf = this.files.get(path) as Leaf
      const mine = ours.has(path) || !theirs.has(path)
      const label = mine ? this.options.ours : this.options.theirs
      const to = `${path}~${label.replaceAll('/', '_')}`
      this.say(
        path,
        `CONFLICT (file/directory): directory in the way of ${path} from ${label}; moving it to ${to} instead.`,
      )
      this.files.delete(path)
      this.files.set(to, leaf)
      this.conflicts.set(to, this.conflicts.get(path) ?? (mine ? { 2: leaf } : { 3: leaf }))
      this.conflicts.delete(path)
    }
  }

  private put(path: string, leaf: Leaf | undefined): void {
    if (leaf) this.files.set(path, leaf)
  }
}

function same(a: Leaf | undefined, b: Leaf | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode
}
