import type { Files } from '../../../shell/index.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { withParents } from './withParents.ts'

/** Names that lead to objects. A value is an id, or `ref: refs/heads/main` for a symbolic one. */
export interface Refs {
  get(name: string): string | undefined
  set(name: string, value: string): void
  remove(name: string): void
  /** Full names under a prefix, sorted, HEAD not among them. */
  list(prefix: string): readonly string[]
}

/** The id that a name leads to, through symbolic ones; undefined for none, or for a branch yet to be born. */
export function resolveRef(refs: Refs, name: string): string | undefined {
  let at = name
  for (let depth = 0; depth < 6; depth++) {
    const value = refs.get(at)
    if (value === undefined || !value.startsWith('ref: ')) return value
    at = value.slice(5)
  }
  return undefined
}

/** Refs as files below a git directory, with those that were packed. */
export class FileRefs implements Refs {
  private readonly files: Files
  private readonly dir: string
  constructor(files: Files, dir: string) {
    this.files = files
    this.dir = dir
  }

  get(name: string): string | undefined {
    const read = this.files.read(`${this.dir}/${name}`)
    if ('text' in read) return read.text.trim()
    return this.packed().get(name)
  }

  set(name: string, value: string): void {
    withParents(this.files, `${this.dir}/${name}`, `${value}\n`)
  }

  remove(name: string): void {
    const path = `${this.dir}/${name}`
    if (this.files.exists(path)) this.files.remove(path)
    for (let up = parent(path); up.length > `${this.dir}/refs/heads`.length; up = parent(up)) {
      if (!this.files.isDirectory(up) || this.files.list(up).length > 0) break
      this.files.remove(up)
    }
    const packed = this.packed()
    if (packed.delete(name)) this.writePacked(packed)
  }

  list(prefix: string): readonly string[] {
    const names = new Set([...this.packed().keys()].filter((name) => name.startsWith(prefix)))
    for (const path of this.files.below(`${this.dir}/refs`)) {
      const name = path.slice(this.dir.length + 1)
      if (name.startsWith(prefix) && !this.files.isDirectory(path)) names.add(name)
    }
    return [...names].sort(byteOrder)
  }

  /** Writes refs into `packed-refs`, as a clone does with those of its origin. */
  writePacked(refs: ReadonlyMap<string, string>): void {
    const lines = [...refs].sort(([a], [b]) => byteOrder(a, b)).map(([name, id]) => `${id} ${name}\n`)
    withParents(
      this.files,
      `${this.dir}/packed-refs`,
      `# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`,
    )
  }

  private packed(): Map<string, string> {
    const read = this.files.read(`${this.dir}/packed-refs`)
    if (!('text' in read)) return new Map()
    return new Map(
      read.text
        .split('\n')
        .filter((line) => /^[0-9a-f]{40} /.test(line))
        .map((line) => [line.slice(41), line.slice(0, 40)]),
    )
  }
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
