import type { Stages } from '../merge/mergeTrees.ts'
import { byteOrder } from '../object/byteOrder.ts'
import type { FlatTree, Leaf } from '../object/flatTree.ts'

/**
 * The index: what the next commit will have, and for files in conflict their three versions. Kept as the lines of
 * `git ls-files --stage`. Unlike git's it remembers no times, since files are compared by content.
 */
export class Stage {
  readonly files: Map<string, Leaf>
  readonly conflicts: Map<string, Stages>

  constructor(files: Iterable<readonly [string, Leaf]> = [], conflicts: Iterable<readonly [string, Stages]> = []) {
    this.files = new Map(files)
    this.conflicts = new Map(conflicts)
  }

  static of(tree: FlatTree): Stage {
    return new Stage(tree)
  }

  static parse(text: string): Stage {
    const stage = new Stage()
    for (const line of text.split('\n')) {
      const [, mode = '', id = '', number = '', path = ''] = /^(\d+) ([0-9a-f]{40}) ([0-3])\t(.+)$/.exec(line) ?? []
      if (path === '') continue
      if (number === '0') stage.files.set(path, { mode, id })
      else stage.conflicts.set(path, { ...stage.conflicts.get(path), [number]: { mode, id } })
    }
    return stage
  }

  text(): string {
    return this.paths()
      .flatMap((path) => {
        const file = this.files.get(path)
        if (file) return [`${file.mode} ${file.id} 0\t${path}\n`]
        const stages = this.conflicts.get(path) ?? {}
        return ([1, 2, 3] as const).flatMap((number) => {
          const leaf = stages[number]
          return leaf ? [`${leaf.mode} ${leaf.id} ${number}\t${path}\n`] : []
        })
      })
      .join('')
  }

  /** Everything tracked, sorted. */
  paths(): readonly string[] {
    return [...new Set([...this.files.keys(), ...this.conflicts.keys()])].sort(byteOrder)
  }

  has(path: string): boolean {
    return this.files.has(path) || this.conflicts.has(path)
  }

  /** Stages a version, which settles a conflict there; files that it takes the place of as a directory or inside go. */
  add(path: string, leaf: Leaf): void {
    this.conflicts.delete(path)
    this.files.set(path, leaf)
    for (const other of [...this.files.keys()])
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) this.files.delete(other)
  }

  remove(path: string): void {
    this.files.delete(path)
    this.conflicts.delete(path)
  }
}
