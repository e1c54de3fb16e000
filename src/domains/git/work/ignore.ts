import type { Files } from '../../../shell/index.ts'
import { globExpression } from './globExpression.ts'

interface Pattern {
  readonly expression: RegExp
  readonly negative: boolean
  readonly directoryOnly: boolean
  /** Whether it is matched against the whole path below its directory and not the name alone. */
  readonly anchored: boolean
  readonly text: string
  readonly source: string
  readonly line: number
}

/** What `.gitignore` files and `info/exclude` keep out of sight. Models: git dir.c */
export class Ignore {
  private readonly files: Files
  private readonly top: string
  private readonly byDirectory = new Map<string, readonly Pattern[]>()
  private readonly everywhere: readonly Pattern[]
  private readonly known = new Map<string, boolean>()

  constructor(files: Files, top: string, gitDir: string, global?: string) {
    this.files = files
    this.top = top
    const others = [...(global === undefined ? [] : [global]), `${gitDir}/info/exclude`]
    this.everywhere = others.flatMap((path) => this.read(path, path.replace(`${top}/`, '')))
  }

  /** Whether a path below the top is ignored, itself or by a directory that it is in. */
  ignores(path: string, directory: boolean): boolean {
    const cut = path.lastIndexOf('/')
    const parent = cut < 0 ? undefined : path.slice(0, cut)
    if (parent !== undefined) {
      let above = this.known.get(parent)
      if (above === undefined) {
        above = this.ignores(parent, true)
        this.known.set(parent, above)
      }
      if (above) return true
    }
    return this.match(path, directory)?.negative === false
  }

  /** The pattern that decides about a path, with where it stands: what `check-ignore -v` tells. */
  match(path: string, directory: boolean): Pattern | undefined {
    for (let dir = parentOf(path); ; dir = parentOf(dir)) {
      const found = lastMatch(this.patternsOf(dir), dir === '' ? path : path.slice(dir.length + 1), directory)
      if (found) return found
      if (dir === '') break
    }
    return lastMatch(this.everywhere, path, directory)
  }

  private patternsOf(dir: string): readonly Pattern[] {
    const known = this.byDirectory.get(dir)
    if (known) return known
    const name = dir === '' ? '.gitignore' : `${dir}/.gitignore`
    const patterns = this.read(`${this.top}/${name}`, name)
    this.byDirectory.set(dir, patterns)
    return patterns
  }

  private read(path: string, source: string): readonly Pattern[] {
    const read = this.files.read(path)
    if (!('text' in read)) return []
    return read.text.split('\n').flatMap((text, at) => pattern(text, source, at + 1))
  }
}

function parentOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '' : path.slice(0, cut)
}

function lastMatch(patterns: readonly Pattern[], path: string, directory: boolean): Pattern | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (let at = patterns.length - 1; at >= 0; at--) {
    const one = patterns[at] as Pattern
    if (one.directoryOnly && !directory) continue
    if (one.expression.test(one.anchored ? path : name)) return one
  }
  return undefined
}

function pattern(line: string, source: string, number: number): readonly Pattern[] {
  let text = line.replace(/\r$/, '')
  if (text.startsWith('#')) return []
  text = text.replace(/(?<!\\)((?:\\\\)*)\s+$/, '$1')
  if (text === '') return []
  const shown = text
  const negative = text.startsWith('!')
  if (negative) text = text.slice(1)
  if (/^\\[#!]/.test(text)) text = text.slice(1)
  const directoryOnly = text.endsWith('/')
  if (directoryOnly) text = text.slice(0, -1)
  const anchored = text.includes('/')
  if (text.startsWith('/')) text = text.slice(1)
  return [{ expression: globExpression(text), negative, directoryOnly, anchored, text: shown, source, line: number }]
}
