import type { Assign, Command, Item, Pipeline, Redirect, Script, Simple, Word } from './ast.ts'
import { readCompound } from './compounds.ts'
import { SyntaxProblem } from './syntaxError.ts'
import { type Cursor, readDouble, readWord } from './words.ts'

export interface ParseOptions {
  /** Aliases are replaced while reading, as in an interactive shell. */
  readonly aliases?: { readonly [name: string]: string } | undefined
}

/**
 * Reads shell text. Throws `SyntaxProblem`, `incomplete` when the text only lacks its end. Scripts are never changed once read, so that
 * a text that is run again and again is read once.
 */
export function parse(text: string, options: ParseOptions = {}): Script {
  const plain = Object.keys(options.aliases ?? {}).length === 0
  const known = plain ? scripts.get(text) : undefined
  if (known) return known
  const parser = new Parser(text, options)
  const script = parser.list(new Set())
  if (!parser.done) parser.unexpected()
  if (plain && text.length <= LONGEST) {
    if (scripts.size >= MOST) scripts.clear()
    scripts.set(text, script)
  }
  return script
}

/** Scripts read lately without aliases: a function of the text alone. */
const scripts = new Map<string, Script>()
const MOST = 500
/** Longer texts are big heredocs, which hardly ever come twice. */
const LONGEST = 4000

interface PendingHeredoc {
  readonly end: string
  readonly strip: boolean
  readonly plain: boolean
  readonly fill: (word: Word) => void
}

const RESERVED = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', 'in'])

export class Parser implements Cursor {
  text: string
  at = 0
  readonly aliases: { readonly [name: string]: string }
  private heredocs: PendingHeredoc[] = []
  private expanded = new Set<string>()

  constructor(text: string, options: ParseOptions) {
    this.text = text
    this.aliases = options.aliases ?? {}
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  commands = (cursor: Cursor): Script => {
    if (cursor.text !== this.text) {
      const inner = new Parser(cursor.text, { aliases: this.aliases })
      inner.at = cursor.at
      const script = inner.commands(inner)
      cursor.at = inner.at
      return script
    }
    const here = this.at
    this.at = cursor.at
    const script = this.list(new Set([')']))
    if (this.text[this.at] !== ')') throw new SyntaxProblem("unexpected EOF while looking for matching `)'", true)
    cursor.at = this.at + 1
    if (cursor !== this) this.at = here
    return script
  }

  whole = (text: string): Script => parse(text, { aliases: this.aliases })

  /** Commands up to one of the words or signs of `ends`, which is left standing. */
  list(ends: ReadonlySet<string>): Script {
    const items: Item[] = []
    for (;;) {
      this.blank(true)
      if (this.done || this.atEnd(ends)) break
      const start = this.at
      const item = this.andOr()
      this.blank()
      const text = this.text.slice(start, this.at).trim()
      if (this.sign('&')) items.push({ ...item, background: true, text })
      else {
        items.push({ ...item, text })
        if (this.peek(';;') || this.peek(';&')) break
        if (!this.sign(';') && this.text[this.at] !== '\n') {
          this.blank(true)
          if (this.done || this.atEnd(ends)) break
          this.unexpected()
        }
      }
      if (this.peek(';;') || this.peek(';&')) break
    }
    return { items }
  }

  private atEnd(ends: ReadonlySet<string>): boolean {
    for (const end of ends) {
      if (!this.text.startsWith(end, this.at)) continue
      if (!/^[a-z}]/.test(end)) return true
      const next = this.text[this.at + end.length]
      if (next === undefined || /[\s;&|<>()]/.test(next)) return true
    }
    return false
  }

  private andOr(): Omit<Item, 'text'> {
    const first = this.pipeline()
    const rest: { op: '&&' | '||'; pipeline: Pipeline }[] = []
    for (;;) {
      this.blank()
      const op = this.peek('&&') ? '&&' : this.peek('||') ? '||' : undefined
      if (!op) return { first, rest }
      this.at += 2
      this.blank(true)
      rest.push({ op, pipeline: this.pipeline() })
    }
  }

  private pipeline(): Pipeline {
    let negate = false
    let timed = false
    for (;;) {
      this.blank()
      if (this.keyword('!')) negate = !negate
      else if (this.keyword('time')) timed = true
      else break
    }
    const stages: Command[] = [this.command()]
    for (;;) {
      this.blank()
      if (this.peek('||') || this.text[this.at] !== '|') break
      this.at++
      if (this.text[this.at] === '&') {
        this.at++
        const last = stages.pop() as Command
        stages.push({ ...last, redirects: [...last.redirects, { fd: 2, op: '>&', word: [{ lit: '1' }] }] })
      }
      this.blank(true)
      stages.push(this.command())
    }
    return { stages, ...(negate ? { negate: true as const } : {}), ...(timed ? { timed: true as const } : {}) }
  }

  command(): Command {
    this.blank()
    if (this.done) throw new SyntaxProblem('syntax error: unexpected end of file', true)
    const compound = readCompound(this)
    if (compound) {
      const redirects: Redirect[] = []
      for (let redirect = this.redirect(); redirect; redirect = this.redirect()) redirects.push(redirect)
      return { ...compound, redirects: [...compound.redirects, ...redirects] } as Command
    }
    return this.simple()
  }

  private simple(): Command {
    const assigns: Assign[] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    const start = this.at
    for (;;) {
      this.blank()
      const redirect = this.redirect()
      if (redirect) {
        redirects.push(redirect)
        continue
      }
      const assign = words.length === 0 || isDeclaration(words[0]) ? this.assignment() : undefined
      if (assign && (words.length === 0 || assign.array)) {
        assigns.push(assign)
        continue
      }
      const from = this.at
      if (assign) words.push([{ lit: `${assign.name}${assign.append ? '+=' : '='}` }, ...assign.value])
      else {
        const word = readWord(this)
        if (!word) break
        if (words.length === 0 && this.alias(word, from)) return this.command()
        if (words.length === 0 && assigns.length === 0 && this.text[this.at] === '(') return this.functionNamed(word)
        if (words.length === 0 && assigns.length === 0 && redirects.length === 0) this.refuseReserved(word)
        words.push(word)
      }
    }
    if (this.at === start) this.unexpected()
    const simple: Simple = { type: 'simple', assigns, words, redirects }
    return simple
  }

  private functionNamed(word: Word): Command {
    this.at++
    this.blank()
    if (!this.sign(')')) this.unexpected()
    this.blank(true)
    return { type: 'function', name: plain(word) ?? '', body: this.command(), redirects: [] }
  }

  private refuseReserved(word: Word): void {
    const name = plain(word)
    if (name !== undefined && RESERVED.has(name) && name !== 'in')
      throw new SyntaxProblem(`syntax error near unexpected token \`${name}'`)
  }

  private alias(word: Word, from: number): boolean {
    const name = plain(word)
    const value = name === undefined ? undefined : this.aliases[name]
    if (name === undefined || value === undefined || this.expanded.has(name)) return false
    this.expanded.add(name)
    this.text = this.text.slice(0, from) + value + this.text.slice(this.at)
    this.at = from
    return true
  }

  private assignment(): Assign | undefined {
    const head = /([A-Za-z_][A-Za-z0-9_]*)(?:\[([^\]\n]*)\])?(\+?)=/y
    head.lastIndex = this.at
    const found = head.exec(this.text)
    if (!found) return undefined
    this.at += found[0].length
    const base = {
      name: found[1] as string,
      ...(found[2] === undefined ? {} : { index: found[2] }),
      ...(found[3] ? { append: true as const } : {}),
    }
    if (this.text[this.at] !== '(') return { ...base, value: readWord(this) ?? [] }
    this.at++
    const array: Word[] = []
    for (;;) {
      this.blank(true)
      if (this.done) throw new SyntaxProblem("unexpected EOF while looking for matching `)'", true)
      if (this.sign(')')) return { ...base, value: [], array }
      const word = readWord(this)
      if (!word) this.unexpected()
      else array.push(word)
    }
  }

  redirect(): Redirect | undefined {
    this.blank()
    const head = /(\d*)(<<<|<<-|<<|&>>|&>|>>|>&|<&|<>|>\||>|<(?!\())/y
    head.lastIndex = this.at
    const found = head.exec(this.text)
    if (!found || (found[1] !== '' && (found[2] as string).startsWith('&'))) return undefined
    this.at += found[0].length
    const written = found[2] as string
    const fd = found[1] === '' ? (written.startsWith('<') ? 0 : 1) : Number(found[1])
    this.blank()
    const from = this.at
    const word = readWord(this)
    if (!word) return this.unexpected()
    if (written !== '<<' && written !== '<<-') return { fd, op: written as Redirect['op'], word }
    const source = this.text.slice(from, this.at)
    const redirect: { fd: number; op: Redirect['op']; word: Word } = { fd, op: '<<', word: [] }
    this.heredocs.push({
      end: word.map((part) => ('lit' in part ? part.lit : '')).join('') || source,
      strip: written === '<<-',
      plain: /['"\\]/.test(source),
      fill: (body) => {
        redirect.word = body
      },
    })
    return redirect
  }

  /** Passes spaces, comments and continued lines, and with `lines` also ends of lines. */
  blank(lines = false): void {
    for (;;) {
      const c = this.text[this.at]
      if (c === ' ' || c === '\t' || c === '\r') this.at++
      else if (c === '\\' && this.text[this.at + 1] === '\n') this.at += 2
      else if (c === '#' && (this.at === 0 || /[\s;&|()]/.test(this.text[this.at - 1] as string))) {
        while (!this.done && this.text[this.at] !== '\n') this.at++
      } else if (c === '\n' && (lines || this.heredocs.length > 0)) {
        if (!lines) return
        this.at++
        this.fillHeredocs()
      } else {
        if (c === undefined && this.heredocs.length > 0)
          throw new SyntaxProblem('here-document delimited by end-of-file', true)
        return
      }
    }
  }

  private fillHeredocs(): void {
    const pending = this.heredocs
    this.heredocs = []
    for (const { end, strip, plain: quoted, fill } of pending) {
      let body = ''
      for (;;) {
        if (this.done) throw new SyntaxProblem('here-document delimited by end-of-file', true)
        let stop = this.text.indexOf('\n', this.at)
        if (stop < 0) stop = this.text.length
        let line = this.text.slice(this.at, stop)
        this.at = Math.min(stop + 1, this.text.length)
        if (strip) line = line.replace(/^\t+/, '')
        if (line === end) {
          if (this.at === this.text.length && this.text[this.at - 1] === '\n') this.at = this.text.length - 1
          else if (stop < this.text.length) this.at = stop
          break
        }
        body += `${line}\n`
      }
      if (quoted) fill([{ lit: body, quoted: true }])
      else {
        const parts: Word[number][] = []
        const inner = new Parser(body, {})
        readDouble(inner, parts, undefined)
        fill(parts)
      }
    }
  }

  peek(sign: string): boolean {
    return this.text.startsWith(sign, this.at)
  }

  sign(sign: string): boolean {
    if (!this.peek(sign)) return false
    this.at += sign.length
    return true
  }

  /** Takes a reserved word that stands by itself. */
  keyword(word: string): boolean {
    if (!this.peek(word)) return false
    const next = this.text[this.at + word.length]
    if (next !== undefined && !/[\s;&|<>()]/.test(next)) return false
    this.at += word.length
    return true
  }

  /** Demands a reserved word or sign. */
  expect(word: string): void {
    this.blank(true)
    if (/^[a-z}]/.test(word) ? !this.keyword(word) : !this.sign(word)) this.unexpected()
  }

  unexpected(): never {
    this.blank()
    if (this.done) throw new SyntaxProblem('syntax error: unexpected end of file', true)
    const token = /;;|&&|\|\||<<|>>|\n|[;&|<>()]|[^\s;&|<>()]+/y
    token.lastIndex = this.at
    const found = token.exec(this.text)?.[0] ?? ''
    throw new SyntaxProblem(`syntax error near unexpected token \`${found === '\n' ? 'newline' : found}'`)
  }
}

function isDeclaration(word: Word | undefined): boolean {
  const name = word && plain(word)
  return name !== undefined && ['export', 'local', 'declare', 'readonly', 'typeset', 'alias'].includes(name)
}

/** The text of a word that is written without quotes and expansions. */
export function plain(word: Word): string | undefined {
  const [only] = word
  return word.length === 1 && only && 'lit' in only && !only.quoted ? only.lit : undefined
}
