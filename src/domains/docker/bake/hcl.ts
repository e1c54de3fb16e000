import { type Block, type Body, type Expression, HclProblem } from './hclNode.ts'

/** Reads a file of HCL's native syntax, or throws an `HclProblem`. Models: hashicorp/hcl v2 hclsyntax; `%{}` directives in templates are not read. */
export function parseHcl(text: string): Body {
  return new Reader(text).body(false)
}

/** Reads a text of JSON syntax as a template: what stands in `${}` is evaluated. */
export function parseTemplate(text: string): Expression {
  return new Reader(text).template(text.length, 0)
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
]
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

class Reader {
  private readonly text: string
  private at = 0
  /** How many brackets are open: line ends mean nothing in them. */
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  body(inner: boolean): Body {
    const attributes = new Map<string, Expression>()
    const blocks: Block[] = []
    for (;;) {
      this.blank(true)
      if (this.at >= this.text.length) {
        if (inner)
          throw this.problem(
            'Unclosed configuration block',
            'There is no closing brace for this block before the end of the file.',
          )
        return { attributes, blocks }
      }
      if (inner && this.text[this.at] === '}') {
        this.at++
        return { attributes, blocks }
      }
      const from = this.at
      const name = this.identifier()
      if (name === undefined)
        throw this.problem('Argument or block definition required', 'An argument or block definition is required here.')
      this.blank(false)
      if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
        this.at++
        if (attributes.has(name))
          throw new HclProblem(
            'Attribute redefined',
            `The argument "${name}" was already set. Each argument may be set only once.`,
            from,
            this.at,
          )
        attributes.set(name, this.expression())
        this.lineEnd()
        continue
      }
      const labels: string[] = []
      for (;;) {
        this.blank(false)
        const c = this.text[this.at]
        if (c === '{') break
        const label = c === '"' ? this.plainString() : this.identifier()
        if (label === undefined)
          throw this.problem(
            'Invalid block definition',
            'Either a quoted string block label or an opening brace ("{") is expected here.',
          )
        labels.push(label)
      }
      this.at++
      const { depth } = this
      this.depth = 0
      const body = this.body(true)
      this.depth = depth
      blocks.push({ type: name, labels, body, from })
    }
  }

  expression(): Expression {
    this.blank(this.depth > 0)
    const test = this.binary(0)
    this.blank(this.depth > 0)
    if (this.text[this.at] !== '?') return test
    this.at++
    const yes = this.expression()
    this.blank(this.depth > 0)
    this.expect(':')
    const no = this.expression()
    return { is: 'choice', test, yes, no, from: test.from, to: no.to }
  }

  private binary(level: number): Expression {
    const signs = LEVELS[level]
    if (!signs) return this.unary()
    let left = this.binary(level + 1)
    for (;;) {
      this.blank(this.depth > 0)
      const sign = signs.find((one) => this.text.startsWith(one, this.at))
      if (sign === undefined || (sign === '/' && /^\/[/*]/.test(this.text.slice(this.at)))) return left
      this.at += sign.length
      this.blank(this.depth > 0)
      const right = this.binary(level + 1)
      left = { is: 'binary', sign, left, right, from: left.from, to: right.to }
    }
  }

  private unary(): Expression {
    const from = this.at
    const sign = this.text[this.at]
    if (sign === '-' || (sign === '!' && this.text[this.at + 1] !== '=')) {
      this.at++
      this.blank(this.depth > 0)
      const of = this.unary()
      return { is: 'unary', sign, of, from, to: of.to }
    }
    return this.postfix(this.primary())
  }

  private postfix(start: Expression): Expression {
    let of = start
    for (;;) {
      if (this.text.startsWith('.*', this.at) || this.text.startsWith('[*]', this.at)) {
        this.at += this.text[this.at] === '.' ? 2 : 3
        const keys: string[] = []
        while (this.text[this.at] === '.') {
          this.at++
          keys.push(this.identifier() ?? '')
        }
        of = { is: 'splat', of, keys, from: of.from, to: this.at }
      } else if (this.text[this.at] === '.' && /[\w]/.test(this.text[this.at + 1] ?? '')) {
        const from = ++this.at
        const [name = ''] = /^[\w-]+/.exec(this.text.slice(this.at)) ?? []
        this.at += name.length
        const value = /^\d+$/.test(name) ? Number(name) : name
        of = { is: 'member', of, key: { is: 'value', value, from, to: this.at }, from: of.from, to: this.at }
      } else if (this.text[this.at] === '[') {
        this.at++
        const key = this.within(() => this.expression())
        this.close(']')
        of = { is: 'member', of, key, from: of.from, to: this.at }
      } else return of
    }
  }

  private primary(): Expression {
    const from = this.at
    const c = this.text[this.at]
    if (c === '"') {
      this.at++
      const end = this.quoteEnd()
      const parts = this.template(end, from)
      this.at = end + 1
      return { ...parts, from, to: this.at }
    }
    const number = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 40))
    if (number) {
      this.at += number[0].length
      return { is: 'value', value: Number(number[0]), from, to: this.at }
    }
    if (c === '(') {
      this.at++
      const inner = this.within(() => this.expression())
      this.close(')')
      return { ...inner, from, to: this.at }
    }
    if (c === '[') return this.list(from)
    if (c === '{') return this.object(from)
    if (this.text.startsWith('<<', this.at)) return this.heredoc(from)
    const name = this.identifier()
    if (name === undefined)
      throw this.problem(
        'Invalid expression',
        'Expected the start of an expression, but found an invalid expression token.',
      )
    if (name === 'true' || name === 'false') return { is: 'value', value: name === 'true', from, to: this.at }
    if (name === 'null') return { is: 'value', value: null, from, to: this.at }
    if (this.text[this.at] !== '(') return { is: 'name', name, from, to: this.at }
    this.at++
    let spread = false
    const args = this.within(() =>
      this.items(')', () => {
        const arg = this.expression()
        this.blank(true)
        if (this.text.startsWith('...', this.at)) {
          this.at += 3
          spread = true
        }
        return arg
      }),
    )
    return { is: 'call', name, args, spread, from, to: this.at }
  }

  private list(from: number): Expression {
    this.at++
    return this.within(() => {
      const made = this.comprehension(from, ']')
      if (made) return made
      const items = this.items(']', () => this.expression())
      return { is: 'list', items, from, to: this.at }
    })
  }

  private object(from: number): Expression {
    this.at++
    return this.within(() => {
      const made = this.comprehension(from, '}')
      if (made) return made
      const pairs = this.items('}', () => {
        const start = this.at
        const word = this.identifier()
        this.blank(true)
        let key: Expression
        if (word !== undefined && /^[=:]/.test(this.text.slice(this.at)))
          key = { is: 'value', value: word, from: start, to: this.at }
        else {
          this.at = start
          key = this.expression()
        }
        this.blank(true)
        if (!/[=:]/.test(this.text[this.at] ?? ''))
          throw this.problem(
            'Missing attribute value',
            'Expected an attribute value, introduced by an equals sign ("=").',
          )
        this.at++
        const { depth } = this
        const value = this.expression()
        this.depth = depth
        return [key, value] as const
      })
      return { is: 'object', pairs, from, to: this.at }
    })
  }

  private comprehension(from: number, end: string): Expression | undefined {
    this.blank(true)
    if (!/^for\s/.test(this.text.slice(this.at, this.at + 4))) return undefined
    this.at += 3
    const names: string[] = []
    for (;;) {
      this.blank(true)
      names.push(this.identifier() ?? '')
      this.blank(true)
      if (this.text[this.at] !== ',') break
      this.at++
    }
    if (this.identifier() !== 'in')
      throw this.problem(
        "Invalid 'for' expression",
        "For expression requires the 'in' keyword after its name declarations.",
      )
    const over = this.expression()
    this.blank(true)
    this.expect(':')
    let value = this.expression()
    let key: Expression | undefined
    this.blank(true)
    if (end === '}') {
      if (!this.text.startsWith('=>', this.at))
        throw this.problem("Invalid 'for' expression", "Expected '=>' after the key of an object.")
      this.at += 2
      key = value
      value = this.expression()
      this.blank(true)
    }
    const grouped = this.text.startsWith('...', this.at)
    if (grouped) this.at += 3
    this.blank(true)
    let test: Expression | undefined
    if (/^if\b/.test(this.text.slice(this.at, this.at + 3))) {
      this.at += 2
      test = this.expression()
    }
    this.close(end)
    return { is: 'for', names, over, key, value, test, grouped, from, to: this.at }
  }

  private items<T>(end: string, one: () => T): readonly T[] {
    const items: T[] = []
    for (;;) {
      this.blank(true)
      if (this.text[this.at] === end) {
        this.at++
        return items
      }
      if (this.at >= this.text.length) throw this.problem('Unexpected end of file', `Expected ${JSON.stringify(end)}.`)
      const before = this.at
      items.push(one())
      this.blank(true)
      if (this.text[this.at] === ',') this.at++
      else if (this.text[this.at] !== end && !(end === '}' && this.text.slice(before, this.at).includes('\n')))
        throw this.problem('Missing item separator', 'Expected a comma to mark the beginning of the next item.')
    }
  }

  private heredoc(from: number): Expression {
    const [head = '', dash, word = ''] = /^<<(-?)(\w+)[ \t]*\r?\n/.exec(this.text.slice(this.at)) ?? []
    if (head === '') throw this.problem('Invalid expression', 'Expected the start of an expression.')
    const start = this.at + head.length
    const found = new RegExp(`^[ \\t]*${word}[ \\t]*$`, 'm').exec(this.text.slice(start))
    if (!found) throw this.problem('Unterminated template string', 'No closing marker was found for the string.')
    const raw = this.text.slice(start, start + found.index)
    this.at = start + found.index + found[0].length
    const margins = raw
      .split('\n')
      .flatMap((line) => (line.trim() === '' ? [] : [(/^[ \t]*/.exec(line)?.[0] ?? '').length]))
    const margin = dash ? Math.min(...margins) : 0
    const shown =
      margin > 0 && margins.length > 0
        ? raw
            .split('\n')
            .map((line) => line.slice(margin))
            .join('\n')
        : raw
    const reader = new Reader(shown)
    return { ...reader.template(shown.length, 0, true), from, to: this.at }
  }

  /** The parts of a template up to `end`: texts and what stands in `${}`. */
  template(end: number, from: number, raw = false): Expression {
    const parts: Expression[] = []
    let literal = ''
    const flush = (): void => {
      if (literal !== '') parts.push({ is: 'value', value: literal, from, to: end })
      literal = ''
    }
    while (this.at < end) {
      if (this.text.startsWith('$${', this.at) || this.text.startsWith('%%{', this.at)) {
        literal += this.text.slice(this.at + 1, this.at + 3)
        this.at += 3
      } else if (this.text.startsWith('${', this.at)) {
        flush()
        this.at += 2
        if (this.text[this.at] === '~') this.at++
        parts.push(this.within(() => this.expression()))
        this.blank(true)
        if (this.text[this.at] === '~') this.at++
        this.expect('}')
      } else if (this.text[this.at] === '\\' && !raw) {
        const letter = this.text[this.at + 1] ?? ''
        const unicode = /^\\u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6))
        literal += unicode
          ? String.fromCharCode(Number.parseInt(unicode[1] as string, 16))
          : (ESCAPES[letter] ?? letter)
        this.at += unicode ? 6 : 2
      } else literal += this.text[this.at++]
    }
    flush()
    const [only] = parts
    if (parts.length === 1 && only) return only
    return parts.length === 0 ? { is: 'value', value: '', from, to: end } : { is: 'template', parts, from, to: end }
  }

  private quoteEnd(): number {
    let depth = 0
    for (let i = this.at; i < this.text.length; i++) {
      const c = this.text[i]
      if (c === '\\' && depth === 0) i++
      else if (c === '$' && this.text[i + 1] === '{' && this.text[i - 1] !== '$') {
        depth++
        i++
      } else if (depth > 0 && c === '{') depth++
      else if (depth > 0 && c === '}') depth--
      else if (depth > 0 && c === '"') {
        const kept = this.at
        this.at = i + 1
        i = this.quoteEnd()
        this.at = kept
      } else if (depth === 0 && c === '"') return i
      else if (depth === 0 && c === '\n') break
    }
    throw this.problem('Unterminated template string', 'No closing marker was found for the string.')
  }

  private plainString(): string {
    this.at++
    const end = this.quoteEnd()
    const text = this.text.slice(this.at, end)
    this.at = end + 1
    return text
  }

  private identifier(): string | undefined {
    const found = /^[A-Za-z_][\w-]*/.exec(this.text.slice(this.at, this.at + 200))
    if (found) this.at += found[0].length
    return found?.[0]
  }

  private within<T>(read: () => T): T {
    this.depth++
    const value = read()
    this.depth--
    return value
  }

  private close(sign: string): void {
    this.blank(true)
    this.expect(sign)
  }

  private expect(sign: string): void {
    if (this.text[this.at] !== sign) throw this.problem('Invalid expression', `Expected ${JSON.stringify(sign)} here.`)
    this.at++
  }

  private lineEnd(): void {
    this.blank(false)
    const c = this.text[this.at]
    if (c !== undefined && c !== '\n' && c !== '}' && c !== '\r')
      throw this.problem('Missing newline after argument', 'An argument definition must end with a newline.')
  }

  /** Passes over blanks and comments, and line ends if these mean nothing here. */
  private blank(lines: boolean): void {
    for (;;) {
      const c = this.text[this.at]
      if (c === ' ' || c === '\t' || c === '\r' || (lines && c === '\n')) this.at++
      else if (c === '#' || this.text.startsWith('//', this.at))
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
      else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at)
        this.at = end < 0 ? this.text.length : end + 2
      } else return
    }
  }

  private problem(summary: string, detail: string): HclProblem {
    return new HclProblem(summary, detail, this.at, this.at + 1)
  }
}
