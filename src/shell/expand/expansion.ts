import type { Files } from '../files.ts'
import type { Shell } from '../machine/shell.ts'
import { withVar } from '../machine/shell.ts'
import type { Part, Word } from '../parse/ast.ts'
import { arithmetic } from './arithmetic.ts'
import { braceExpand } from './brace.ts'
import { glob } from './glob.ts'
import { parameter } from './parameter.ts'
import { escapePattern, unescapePattern } from './pattern.ts'
import { Needed } from './problem.ts'

interface Piece {
  readonly text: string
  readonly quoted: boolean
}

/**
 * Turns words into the texts that they stand for. Works on a copy of the shell, so that it can be given up when it needs the output
 * of a substitution (it throws `Needed`) and begun again with that output in `outputs`; `shell` is the outcome when it succeeds.
 */
export class Expansion {
  shell: Shell
  readonly files: Files
  private readonly outputs: readonly string[]
  private readonly random: (n: number) => number
  private readonly clock: number
  private next = 0

  constructor(
    shell: Shell,
    {
      files,
      outputs,
      random,
      clock,
    }: { files: Files; outputs: readonly string[]; random: (n: number) => number; clock: number },
  ) {
    this.shell = shell
    this.files = files
    this.outputs = outputs
    this.random = random
    this.clock = clock
  }

  /** How many substitutions it used: the exit status of a bare assignment is that of the last. */
  get used(): number {
    return this.next
  }

  /** Words as arguments: braces, parameters, substitutions, splitting, file names. */
  arguments(words: readonly Word[]): string[] {
    return words.flatMap((word) => braceExpand(word).flatMap((one) => this.fields(one)))
  }

  /** A word as one text, without splitting and file names: the right of an assignment, the word of a case. */
  text(word: Word): string {
    return this.pieces(word, false)
      .map((field) => field.map((piece) => piece.text).join(''))
      .join(' ')
  }

  /** A word as a pattern, where quoted characters stand for themselves. */
  pattern(word: Word): string {
    return this.pieces(word, false)
      .map((field) => field.map((piece) => (piece.quoted ? escapePattern(piece.text) : piece.text)).join(''))
      .join(' ')
  }

  arithmetic(expression: string): number {
    return arithmetic(expression, { get: (name) => this.scalar(name), set: (name, value) => this.set(name, value) })
  }

  /** The value of a variable or special parameter by name (an array's first, or `name[i]`). */
  scalar(name: string): string | undefined {
    const element = /^(\w+)\[(.*)\]$/.exec(name)
    if (element) return this.list(element[1] as string)?.[this.arithmetic(element[2] as string)]
    const { shell } = this
    switch (name) {
      case '?':
        return String(shell.last)
      case '$':
        return String(shell.pid)
      case '!':
        return shell.background === undefined ? undefined : String(shell.background)
      case '#':
        return String(shell.positional.length)
      case '0':
        return shell.name
      case '-':
        return Object.keys(shell.options)
          .filter((option) => option.length === 1)
          .join('')
      case '*':
      case '@':
        return shell.positional.length === 0 ? undefined : shell.positional.join(' ')
      case 'RANDOM':
        this.shell = { ...shell, draws: shell.draws + 1 }
        return String(Math.floor(this.random(shell.draws) * 32768))
      case 'SECONDS':
        return String(Math.floor(this.clock / 1000) - Number(shell.vars['SECONDS'] ?? 0))
    }
    if (/^\d+$/.test(name)) return shell.positional[Number(name) - 1]
    const value = shell.vars[name]
    return typeof value === 'string' ? value : value?.[0]
  }

  /** The elements of an array, or of a plain variable as one. */
  list(name: string): readonly string[] | undefined {
    if (name === '@' || name === '*') return this.shell.positional
    const value = this.shell.vars[name]
    return typeof value === 'string' ? [value] : value
  }

  set(name: string, value: string): void {
    const element = /^(\w+)\[(.*)\]$/.exec(name)
    if (!element) {
      this.shell = withVar(this.shell, name, value)
      return
    }
    const items = [...(this.list(element[1] as string) ?? [])]
    const at = this.arithmetic(element[2] as string)
    while (items.length < at) items.push('')
    items[at < 0 ? items.length + at : at] = value
    this.shell = withVar(this.shell, element[1] as string, items)
  }

  private fields(word: Word): readonly string[] {
    const out: string[] = []
    for (const field of this.pieces(word, true)) {
      const pattern = field.map((piece) => (piece.quoted ? escapePattern(piece.text) : piece.text)).join('')
      const found = this.shell.options['f'] ? undefined : glob(pattern, this.shell.cwd, this.files)
      if (found) out.push(...found)
      else if (!(this.shell.options['nullglob'] && /[*?[]/.test(pattern) && pattern !== unescapePattern(pattern)))
        out.push(field.map((piece) => piece.text).join(''))
    }
    return out
  }

  private pieces(word: Word, split: boolean): readonly (readonly Piece[])[] {
    const fields: Piece[][] = []
    let open: Piece[] | undefined
    const add = (text: string, quoted: boolean): void => {
      if (open) open.push({ text, quoted })
      else {
        open = [{ text, quoted }]
        fields.push(open)
      }
    }
    const close = (): void => {
      open = undefined
    }
    word.forEach((part, i) => {
      if ('lit' in part) {
        if (part.quoted) {
          const alone =
            part.lit === '' &&
            word.length > 1 &&
            word.some((other) => 'param' in other && other.quoted && isList(other))
          if (!alone) add(part.lit, true)
        } else add(i === 0 ? this.tilde(part.lit, word.length === 1) : part.lit, false)
        return
      }
      const values = this.values(part)
      values.forEach((value, n) => {
        if (n > 0 && split) close()
        else if (n > 0) add(' ', true)
        if (part.quoted) add(value, true)
        else if (split) this.split(value, add, close)
        else add(value, false)
      })
    })
    if (!split && fields.length === 0) fields.push([])
    return fields
  }

  private values(part: Exclude<Part, { lit: string }>): readonly string[] {
    if ('arith' in part) return [String(this.arithmetic(this.text(part.arith)))]
    if ('sub' in part) {
      const output = this.outputs[this.next]
      if (output === undefined) throw new Needed(part.sub)
      const n = this.next++
      if (!part.file) return [output.replace(/\n+$/, '')]
      const path = `/dev/fd/${63 - n}`
      this.files.place(path, { text: output, at: this.clock })
      return [path]
    }
    return parameter(part, this)
  }

  private split(value: string, add: (text: string, quoted: boolean) => void, close: () => void): void {
    const ifs = this.scalar('IFS') ?? ' \t\n'
    let word = ''
    let begun = false
    for (let at = 0; at < value.length; at++) {
      const c = value[at] as string
      if (!ifs.includes(c)) {
        word += c
        begun = true
        continue
      }
      if (begun) add(word, false)
      else if (!/\s/.test(c)) add('', false)
      close()
      word = ''
      begun = false
      if (!/\s/.test(c)) while (/\s/.test(value[at + 1] ?? '') && ifs.includes(value[at + 1] ?? '')) at++
    }
    if (begun) add(word, false)
  }

  private tilde(text: string, whole: boolean): string {
    if (!text.startsWith('~')) return text
    const end = text.indexOf('/')
    const user = end < 0 ? text : text.slice(0, end)
    if (!whole && end < 0) return text
    const home =
      user === '~'
        ? (this.scalar('HOME') ?? '/root')
        : user === '~+'
          ? this.shell.cwd
          : user === '~root'
            ? '/root'
            : undefined
    return home === undefined ? text : home + text.slice(user.length)
  }
}

function isList(part: { readonly param: string; readonly index?: string }): boolean {
  return part.param === '@' || part.index === '@'
}
