import { escapes } from '../builtins/format.ts'
import { posixRegex } from './regex.ts'

export type Expr =
  | { readonly e: 'num'; readonly value: number }
  | { readonly e: 'str'; readonly value: string }
  | { readonly e: 'regex'; readonly regex: RegExp }
  | { readonly e: 'var'; readonly name: string; readonly index?: readonly Expr[] }
  | { readonly e: 'field'; readonly of: Expr }
  | { readonly e: 'op'; readonly op: string; readonly a: Expr; readonly b: Expr }
  | { readonly e: 'not' | 'neg'; readonly a: Expr }
  | { readonly e: 'cond'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly e: 'set'; readonly op: string; readonly to: Expr; readonly value: Expr }
  | { readonly e: 'step'; readonly by: number; readonly to: Expr; readonly post: boolean }
  | { readonly e: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly e: 'in'; readonly key: Expr; readonly array: string }

export type Stmt =
  | { readonly s: 'expr'; readonly of: Expr }
  | { readonly s: 'print' | 'printf'; readonly args: readonly Expr[]; readonly into?: Expr; readonly append?: boolean }
  | { readonly s: 'block'; readonly body: readonly Stmt[] }
  | { readonly s: 'if'; readonly test: Expr; readonly then: Stmt; readonly otherwise?: Stmt }
  | { readonly s: 'while'; readonly test: Expr; readonly body: Stmt }
  | { readonly s: 'for'; readonly init?: Stmt; readonly test?: Expr; readonly next?: Stmt; readonly body: Stmt }
  | { readonly s: 'forin'; readonly name: string; readonly array: string; readonly body: Stmt }
  | { readonly s: 'next' | 'break' | 'continue' }
  | { readonly s: 'exit'; readonly code?: Expr }
  | { readonly s: 'delete'; readonly of: Expr }

export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'always' | Expr
  readonly to?: Expr
  readonly body: readonly Stmt[] | undefined
}

/** What awk says about a program that it cannot read or run. */
export class AwkProblem extends Error {}

const TOKEN =
  /[ \t\r]+|\\\n|#[^\n]*|(\n)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|("(?:\\.|[^"\\])*")|([A-Za-z_]\w*)|(\+\+|--|[-+*/%^]=|[<>=!]=|&&|\|\||!~|[-+*/%^<>=!~?:,;(){}[\]$|&])/y

/** Reads an awk program. */
export function parseAwk(text: string): readonly Rule[] {
  return new Reader(text).program()
}

class Reader {
  private readonly text: string
  private at = 0
  private token = ''
  private kind: 'num' | 'str' | 'name' | 'op' | 'line' | 'end' = 'end'
  private start = 0
  private inPrint = false

  constructor(text: string) {
    this.text = text
    this.next()
  }

  program(): readonly Rule[] {
    const rules: Rule[] = []
    for (this.lines(); this.kind !== 'end'; this.lines()) {
      let when: Rule['when'] = 'always'
      let to: Expr | undefined
      if (this.token === 'BEGIN' || this.token === 'END') {
        when = this.token
        this.next()
      } else if (this.token !== '{') {
        when = this.expr()
        if (this.take(',')) to = this.expr()
      }
      const body = this.token === '{' ? this.block() : undefined
      rules.push({ when, body, ...(to ? { to } : {}) })
    }
    return rules
  }

  private next(): void {
    for (;;) {
      TOKEN.lastIndex = this.at
      this.start = this.at
      const found = TOKEN.exec(this.text)
      if (!found) {
        if (this.at < this.text.length) this.wrong()
        this.kind = 'end'
        this.token = ''
        return
      }
      this.at = TOKEN.lastIndex
      const [, line, num, str, name, op] = found
      const token = line ?? num ?? str ?? name ?? op
      if (token === undefined) continue
      this.token = token
      this.kind =
        line !== undefined
          ? 'line'
          : num !== undefined
            ? 'num'
            : str !== undefined
              ? 'str'
              : name !== undefined
                ? 'name'
                : 'op'
      return
    }
  }

  private take(token: string): boolean {
    if (this.token !== token || this.kind === 'str') return false
    this.next()
    return true
  }

  private need(token: string): void {
    if (!this.take(token)) this.wrong()
  }

  private lines(): void {
    while (this.kind === 'line' || this.token === ';') this.next()
  }

  private wrong(): never {
    throw new AwkProblem(
      `syntax error at source line 1\n context is\n\t${this.text.slice(0, this.start)} >>> ${this.token || '<end>'} <<<`,
    )
  }

  private block(): readonly Stmt[] {
    this.need('{')
    const body: Stmt[] = []
    for (this.lines(); this.token !== '}'; this.lines()) {
      if (this.kind === 'end') this.wrong()
      body.push(this.statement())
    }
    this.next()
    return body
  }

  private statement(): Stmt {
    if (this.token === '{') return { s: 'block', body: this.block() }
    const word = this.kind === 'name' ? this.token : ''
    switch (word) {
      case 'if': {
        this.next()
        this.need('(')
        const test = this.expr()
        this.need(')')
        this.lines()
        const then = this.statement()
        const back = { at: this.at, token: this.token, kind: this.kind }
        this.lines()
        if (this.take('else')) {
          this.lines()
          return { s: 'if', test, then, otherwise: this.statement() }
        }
        Object.assign(this, back)
        return { s: 'if', test, then }
      }
      case 'while': {
        this.next()
        this.need('(')
        const test = this.expr()
        this.need(')')
        this.lines()
        return { s: 'while', test, body: this.statement() }
      }
      case 'for':
        return this.loop()
      case 'next':
      case 'break':
      case 'continue':
        this.next()
        return { s: word }
      case 'exit':
        this.next()
        return this.ends() ? { s: 'exit' } : { s: 'exit', code: this.expr() }
      case 'delete':
        this.next()
        return { s: 'delete', of: this.primary() }
      case 'print':
      case 'printf': {
        this.next()
        this.inPrint = true
        const args: Expr[] = []
        if (!this.ends() && this.token !== '>' && this.token !== '>>') {
          do args.push(this.expr())
          while (this.take(','))
        }
        this.inPrint = false
        const append = this.take('>>')
        const into = append || this.take('>') ? this.primary() : undefined
        return {
          s: word,
          args: args.length === 1 && args[0]?.e === 'call' && args[0].name === '(' ? args[0].args : args,
          ...(into ? { into, append } : {}),
        }
      }
    }
    return { s: 'expr', of: this.expr() }
  }

  private loop(): Stmt {
    this.next()
    this.need('(')
    const found = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(this.text.slice(this.start))
    if (found) {
      this.at = this.start + found[0].length
      this.next()
      this.lines()
      return { s: 'forin', name: found[1] as string, array: found[2] as string, body: this.statement() }
    }
    const init = this.token === ';' ? undefined : this.statement()
    this.need(';')
    const test = this.token === ';' ? undefined : this.expr()
    this.need(';')
    const next = this.token === ')' ? undefined : this.statement()
    this.need(')')
    this.lines()
    return {
      s: 'for',
      ...(init ? { init } : {}),
      ...(test ? { test } : {}),
      ...(next ? { next } : {}),
      body: this.statement(),
    }
  }

  private ends(): boolean {
    return this.kind === 'end' || this.kind === 'line' || [';', '}'].includes(this.token)
  }

  expr(): Expr {
    const left = this.ternary()
    if (this.kind === 'op' && /^[-+*/%^]?=$/.test(this.token) && (left.e === 'var' || left.e === 'field')) {
      const op = this.token.slice(0, -1)
      this.next()
      return { e: 'set', op, to: left, value: this.expr() }
    }
    return left
  }

  private ternary(): Expr {
    const test = this.binary(0)
    if (!this.take('?')) return test
    const yes = this.expr()
    this.need(':')
    return { e: 'cond', test, yes, no: this.expr() }
  }

  private binary(level: number): Expr {
    const ops = LEVELS[level]
    if (!ops) return this.unary()
    let a = this.binary(level + 1)
    for (;;) {
      if (ops === IN) {
        if (!this.take('in')) return a
        a = { e: 'in', key: a, array: this.token }
        this.next()
      } else if (ops === CONCAT) {
        if (!this.startsValue()) return a
        a = { e: 'op', op: ' ', a, b: this.binary(level + 1) }
      } else if (this.kind === 'op' && ops.includes(this.token) && !(this.inPrint && this.token === '>')) {
        const op = this.token
        this.next()
        if (op === '&&' || op === '||') this.lines()
        a = { e: 'op', op, a, b: this.binary(level + 1) }
      } else return a
    }
  }

  private startsValue(): boolean {
    if (this.kind === 'num' || this.kind === 'str') return true
    if (this.kind === 'name') return this.token !== 'in'
    return (
      this.kind === 'op' &&
      ['$', '!', '(', '-', '+', '++', '--'].includes(this.token) &&
      !['-', '+'].includes(this.token)
    )
  }

  private unary(): Expr {
    if (this.take('!')) return { e: 'not', a: this.unary() }
    if (this.take('-')) return { e: 'neg', a: this.unary() }
    if (this.take('+')) return { e: 'op', op: '+', a: { e: 'num', value: 0 }, b: this.unary() }
    const base = this.postfix()
    return this.take('^') ? { e: 'op', op: '^', a: base, b: this.unary() } : base
  }

  private postfix(): Expr {
    for (const [sign, by] of [
      ['++', 1],
      ['--', -1],
    ] as const)
      if (this.take(sign)) return { e: 'step', by, to: this.primary(), post: false }
    const of = this.primary()
    if (of.e === 'var' || of.e === 'field')
      for (const [sign, by] of [
        ['++', 1],
        ['--', -1],
      ] as const)
        if (this.take(sign)) return { e: 'step', by, to: of, post: true }
    return of
  }

  private primary(): Expr {
    const { token, kind } = this
    if (kind === 'num') {
      this.next()
      return { e: 'num', value: Number(token) }
    }
    if (kind === 'str') {
      this.next()
      return { e: 'str', value: escapes(token.slice(1, -1)).text.replaceAll('\\/', '/') }
    }
    if (token === '/' || token === '/=') {
      const found = /(?:\\.|\[[^\]]*\]|[^/\\\n])*/y
      found.lastIndex = this.start + 1
      const source = found.exec(this.text)?.[0] ?? ''
      this.at = this.start + 1 + source.length + 1
      this.next()
      try {
        return { e: 'regex', regex: new RegExp(posixRegex(source, 'extended')) }
      } catch {
        throw new AwkProblem(`nonterminated character class ${source}`)
      }
    }
    if (this.take('$'))
      return { e: 'field', of: this.token === '++' || this.token === '--' ? this.postfix() : this.primary() }
    if (this.take('(')) {
      const printing = this.inPrint
      this.inPrint = false
      const args = [this.expr()]
      while (this.take(',')) args.push(this.expr())
      this.need(')')
      this.inPrint = printing
      return args.length === 1 ? (args[0] as Expr) : { e: 'call', name: '(', args }
    }
    if (kind !== 'name') return this.wrong()
    this.next()
    if (this.token === '(' && this.text[this.start - 1] !== ' ') {
      this.next()
      const args: Expr[] = []
      while ((this.token as string) !== ')') {
        args.push(this.expr())
        if (!this.take(',')) break
      }
      this.need(')')
      return { e: 'call', name: token, args }
    }
    if (token === 'length') return { e: 'call', name: token, args: [] }
    if (!this.take('[')) return { e: 'var', name: token }
    const index = [this.expr()]
    while (this.take(',')) index.push(this.expr())
    this.need(']')
    return { e: 'var', name: token, index }
  }
}

const IN: readonly string[] = ['in']
const CONCAT: readonly string[] = [' ']
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  IN,
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  CONCAT,
  ['+', '-'],
  ['*', '/', '%'],
]
