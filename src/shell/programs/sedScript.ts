import { posixRegex } from './regex.ts'

export type SedAddress =
  | { readonly line: number }
  | { readonly last: true }
  | { readonly regex: RegExp }
  | { readonly first: number; readonly step: number }

export interface SedCommand {
  readonly from?: SedAddress | undefined
  readonly to?: SedAddress | { readonly plus: number } | undefined
  readonly negated: boolean
  readonly name: string
  readonly regex?: RegExp | undefined
  readonly text?: string | undefined
  readonly print?: boolean | undefined
  /** Which match is replaced; 0 for all. */
  readonly nth?: number | undefined
  readonly block?: readonly SedCommand[] | undefined
}

/** What sed says about a script that it cannot read. */
export class SedProblem extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** Reads a sed script. */
export function parseSed(text: string, extended: boolean): readonly SedCommand[] {
  const reader = new Reader(text, extended)
  const commands = reader.commands(false)
  return commands
}

class Reader {
  private at = 0
  private readonly text: string
  private readonly extended: boolean

  constructor(text: string, extended: boolean) {
    this.text = text
    this.extended = extended
  }

  commands(inside: boolean): readonly SedCommand[] {
    const commands: SedCommand[] = []
    for (;;) {
      while (/[\s;]/.test(this.text[this.at] ?? '')) this.at++
      const c = this.text[this.at]
      if (c === undefined) {
        if (inside) this.wrong("unmatched `{'")
        return commands
      }
      if (c === '}') {
        if (!inside) this.wrong("unexpected `}'")
        this.at++
        return commands
      }
      if (c === '#') {
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
        continue
      }
      commands.push(this.command())
    }
  }

  private command(): SedCommand {
    const from = this.address()
    let to: SedCommand['to']
    this.blanks()
    if (from && this.text[this.at] === ',') {
      this.at++
      this.blanks()
      if (this.text[this.at] === '+') {
        this.at++
        to = { plus: this.number() }
      } else to = this.address()
      if (!to) this.wrong("unexpected `,'")
    }
    this.blanks()
    let negated = false
    while (this.text[this.at] === '!') {
      negated = true
      this.at++
      this.blanks()
    }
    const name = this.text[this.at++]
    const base = { from, to, negated }
    if (name === undefined) return this.wrong('missing command')
    if (name === '{') return { ...base, name, block: this.commands(true) }
    if (name === 's') return { ...base, name, ...this.substitution() }
    if (name === 'y') {
      const mark = this.text[this.at++] ?? ''
      const source = this.until(mark)
      return { ...base, name, text: `${source}\0${this.until(mark)}` }
    }
    if ('aic'.includes(name)) return { ...base, name, text: this.inserted() }
    if ('dpqDPNnGgHhx='.includes(name)) {
      if (name === 'q') {
        this.blanks()
        if (/\d/.test(this.text[this.at] ?? '')) return { ...base, name, nth: this.number() }
      }
      this.blanks()
      if (!/^[;}\n#]?$/.test(this.text[this.at] ?? '')) this.wrong('extra characters after command')
      return { ...base, name }
    }
    return this.wrong(`unknown command: \`${name}'`)
  }

  private address(): SedAddress | undefined {
    const c = this.text[this.at]
    if (c === undefined) return undefined
    if (/\d/.test(c)) {
      const line = this.number()
      if (this.text[this.at] !== '~') return { line }
      this.at++
      return { first: line, step: this.number() }
    }
    if (c === '$') {
      this.at++
      return { last: true }
    }
    if (c !== '/' && c !== '\\') return undefined
    if (c === '\\') this.at++
    const mark = this.text[this.at++] ?? '/'
    const source = this.until(mark)
    const insensitive = this.text[this.at] === 'I'
    if (insensitive) this.at++
    return { regex: this.regex(source, insensitive ? 'i' : '') }
  }

  private substitution(): Partial<SedCommand> {
    const mark = this.text[this.at++]
    if (mark === undefined) return this.wrong("unterminated `s' command")
    const source = this.until(mark)
    const text = this.until(mark)
    let flags = ''
    let print = false
    let nth = 1
    for (; /[gpiIme0-9]/.test(this.text[this.at] ?? ''); this.at++) {
      const c = this.text[this.at] as string
      if (c === 'g') nth = 0
      else if (c === 'p') print = true
      else if (c === 'i' || c === 'I') flags = 'i'
      else if (/\d/.test(c)) nth = Number(c)
    }
    this.blanks()
    if (!/^[;}\n#]?$/.test(this.text[this.at] ?? '')) this.wrong("unknown option to `s'")
    return { regex: this.regex(source, `g${flags}`), text, print, nth }
  }

  private inserted(): string {
    this.blanks()
    if (this.text[this.at] === '\\') {
      this.at++
      this.blanks()
      if (this.text[this.at] === '\n') this.at++
    }
    let out = ''
    for (; this.at < this.text.length && this.text[this.at] !== '\n'; this.at++) {
      if (this.text[this.at] === '\\' && this.at + 1 < this.text.length) this.at++
      out += this.text[this.at]
    }
    return out
  }

  private until(mark: string): string {
    let out = ''
    for (let bracketed = false; ; this.at++) {
      const c = this.text[this.at]
      if (c === undefined) return this.wrong("unterminated `s' command")
      if (c === '\\') {
        const next = this.text[++this.at] ?? ''
        out +=
          next === mark && mark !== '\\' && !/[\w]/.test(mark) && !'|()[]{}.*+?^$'.includes(mark)
            ? next
            : next === mark && mark === '|'
              ? '|'
              : `\\${next}`
        continue
      }
      if (c === '[' && mark === '/') bracketed = bracketed || this.text.slice(this.at).includes(']')
      if (c === ']') bracketed = false
      if (c === mark) {
        this.at++
        return out
      }
      out += c
    }
  }

  private regex(source: string, flags: string): RegExp {
    try {
      return new RegExp(posixRegex(source, this.extended ? 'extended' : 'basic'), flags)
    } catch {
      return this.wrong('Invalid preceding regular expression')
    }
  }

  private number(): number {
    let digits = ''
    while (/\d/.test(this.text[this.at] ?? '')) digits += this.text[this.at++]
    return Number(digits)
  }

  private blanks(): void {
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++
  }

  private wrong(message: string): never {
    throw new SedProblem(Math.max(1, Math.min(this.at, this.text.length)), message)
  }
}
