import { JqProblem } from './problem.ts'

export type Filter =
  | { readonly j: 'id' | 'recurse' }
  | { readonly j: 'lit'; readonly value: string | number | boolean | null }
  | { readonly j: 'string'; readonly parts: readonly (string | Filter)[]; readonly format?: string }
  | { readonly j: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly j: 'slice'; readonly of: Filter; readonly from?: Filter; readonly to?: Filter }
  | { readonly j: 'each'; readonly of: Filter }
  | { readonly j: 'try'; readonly of: Filter }
  | { readonly j: 'catch'; readonly of: Filter; readonly rescue: Filter }
  | { readonly j: 'pipe' | 'comma' | 'op'; readonly op: string; readonly a: Filter; readonly b: Filter }
  | { readonly j: 'neg'; readonly of: Filter }
  | { readonly j: 'array'; readonly of?: Filter }
  | { readonly j: 'object'; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly j: 'if'; readonly test: Filter; readonly yes: Filter; readonly otherwise: Filter }
  | { readonly j: 'reduce'; readonly of: Filter; readonly name: string; readonly init: Filter; readonly update: Filter }
  | { readonly j: 'as'; readonly of: Filter; readonly name: string; readonly body: Filter }
  | { readonly j: 'var'; readonly name: string }
  | { readonly j: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | {
      readonly j: 'def'
      readonly name: string
      readonly params: readonly string[]
      readonly body: Filter
      readonly rest: Filter
    }
  | { readonly j: 'format'; readonly name: string }

const TOKEN =
  /\s+|#[^\n]*|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(\.\.)|(\.[A-Za-z_]\w*)|(@[a-z0-9]+)|(\$[A-Za-z_]\w*(?:::\w+)?)|([A-Za-z_]\w*)|(\/\/=|\?\/\/|\/\/|==|!=|<=|>=|\|=|[-+*/%]=|[.[\](){}|,:;=<>+\-*/%?])|(")/y

/** Reads a jq filter. */
export function parseJq(text: string): Filter {
  return new Reader(text).whole()
}

const RANKS: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]

class Reader {
  private readonly text: string
  private at = 0
  private token = ''

  constructor(text: string) {
    this.text = text
    this.next()
  }

  whole(): Filter {
    if (this.token === '') return { j: 'id' }
    const filter = this.pipe()
    if (this.token !== '') this.wrong()
    return filter
  }

  private next(): void {
    for (;;) {
      TOKEN.lastIndex = this.at
      const found = this.at < this.text.length ? TOKEN.exec(this.text) : null
      if (!found) {
        if (this.at < this.text.length) {
          this.token = this.text[this.at] as string
          this.wrong()
        }
        this.token = ''
        return
      }
      this.at = TOKEN.lastIndex
      this.token = found[0]
      if (found.slice(1).some((group) => group !== undefined)) return
    }
  }

  private take(token: string): boolean {
    if (this.token !== token) return false
    this.next()
    return true
  }

  private need(token: string): void {
    if (!this.take(token)) this.wrong()
  }

  private wrong(): never {
    const what = this.token === '' ? 'unexpected end of file' : `unexpected '${this.token}'`
    throw new JqProblem(
      `jq: error: syntax error, ${what} (Unix shell quoting issues?) at <top-level>, line 1:\n${this.text}\njq: 1 compile error`,
      3,
    )
  }

  private pipe(): Filter {
    if (this.token === 'def') return this.definition()
    const a = this.comma()
    if (this.take('as')) {
      const name = this.token.slice(1)
      if (!this.token.startsWith('$')) this.wrong()
      this.next()
      this.need('|')
      return { j: 'as', of: a, name, body: this.pipe() }
    }
    return this.take('|') ? { j: 'pipe', op: '|', a, b: this.pipe() } : a
  }

  private definition(): Filter {
    this.next()
    const name = this.token
    this.next()
    const params: string[] = []
    if (this.take('(')) {
      do {
        params.push(this.token)
        this.next()
      } while (this.take(';'))
      this.need(')')
    }
    this.need(':')
    const body = this.pipe()
    this.need(';')
    return { j: 'def', name, params, body, rest: this.token === '' ? { j: 'id' } : this.pipe() }
  }

  private comma(): Filter {
    let a = this.binary(0)
    while (this.take(',')) a = { j: 'comma', op: ',', a, b: this.binary(0) }
    return a
  }

  private binary(rank: number): Filter {
    const ops = RANKS[rank]
    if (!ops) return this.postfix()
    let a = this.binary(rank + 1)
    while (ops.includes(this.token)) {
      const op = this.token
      this.next()
      a = { j: 'op', op, a, b: this.binary(op === '//' ? rank : rank + 1) }
    }
    return a
  }

  private postfix(): Filter {
    let of = this.primary()
    for (;;) {
      if (this.take('?')) of = { j: 'try', of }
      else if (/^\.[A-Za-z_]/.test(this.token)) {
        of = { j: 'index', of, key: { j: 'lit', value: this.token.slice(1) } }
        this.next()
      } else if (this.token === '.' && (this.text[this.at] === '"' || this.text[this.at] === '[')) {
        this.next()
        if ((this.token as string) === '"') of = { j: 'index', of, key: this.quoted() }
      } else if (this.take('[')) of = this.bracket(of)
      else return of
    }
  }

  private bracket(of: Filter): Filter {
    if (this.take(']')) return { j: 'each', of }
    if (this.take(':')) {
      const to = this.pipe()
      this.need(']')
      return { j: 'slice', of, to }
    }
    const key = this.pipe()
    if (this.take(':')) {
      if (this.take(']')) return { j: 'slice', of, from: key }
      const to = this.pipe()
      this.need(']')
      return { j: 'slice', of, from: key, to }
    }
    this.need(']')
    return { j: 'index', of, key }
  }

  private primary(): Filter {
    const { token } = this
    if (/^[\d]|^\.\d/.test(token)) {
      this.next()
      return { j: 'lit', value: Number(token) }
    }
    if (token === '"') return this.quoted()
    if (token.startsWith('@')) {
      this.next()
      return (this.token as string) === '"'
        ? { ...(this.quoted() as Filter & { j: 'string' }), format: token.slice(1) }
        : { j: 'format', name: token.slice(1) }
    }
    if (token.startsWith('$')) {
      this.next()
      return { j: 'var', name: token.slice(1) }
    }
    if (/^\.[A-Za-z_]/.test(token)) {
      this.next()
      return { j: 'index', of: { j: 'id' }, key: { j: 'lit', value: token.slice(1) } }
    }
    if (this.take('..')) return { j: 'recurse' }
    if (this.take('.'))
      return (this.token as string) === '"' ? { j: 'index', of: { j: 'id' }, key: this.quoted() } : { j: 'id' }
    if (this.take('-')) return { j: 'neg', of: this.postfix() }
    if (this.take('(')) {
      const of = this.pipe()
      this.need(')')
      return of
    }
    if (this.take('[')) {
      if (this.take(']')) return { j: 'array' }
      const of = this.pipe()
      this.need(']')
      return { j: 'array', of }
    }
    if (this.take('{')) return this.object()
    if (!/^[A-Za-z_]/.test(token)) this.wrong()
    this.next()
    if (token === 'if') return this.condition()
    if (token === 'try') {
      const of = this.postfix()
      return this.take('catch') ? { j: 'catch', of, rescue: this.postfix() } : { j: 'try', of }
    }
    if (token === 'reduce') {
      const of = this.postfix()
      this.need('as')
      const name = this.token.slice(1)
      this.next()
      this.need('(')
      const init = this.pipe()
      this.need(';')
      const update = this.pipe()
      this.need(')')
      return { j: 'reduce', of, name, init, update }
    }
    if (token === 'true' || token === 'false') return { j: 'lit', value: token === 'true' }
    if (token === 'null') return { j: 'lit', value: null }
    const args: Filter[] = []
    if (this.take('(')) {
      do args.push(this.pipe())
      while (this.take(';'))
      this.need(')')
    }
    return { j: 'call', name: token, args }
  }

  private condition(): Filter {
    const test = this.pipe()
    this.need('then')
    const yes = this.pipe()
    if (this.take('elif')) return { j: 'if', test, yes, otherwise: this.condition() }
    const otherwise: Filter = this.take('else') ? this.pipe() : { j: 'id' }
    this.need('end')
    return { j: 'if', test, yes, otherwise }
  }

  private object(): Filter {
    const entries: { key: Filter; value: Filter }[] = []
    while (!this.take('}')) {
      const { token } = this
      let key: Filter
      let value: Filter | undefined
      if (token === '"') key = this.quoted()
      else if (this.take('(')) {
        key = this.pipe()
        this.need(')')
      } else if (token.startsWith('$')) {
        this.next()
        key = { j: 'lit', value: token.slice(1) }
        value = { j: 'var', name: token.slice(1) }
      } else if (/^[A-Za-z_0-9]/.test(token)) {
        this.next()
        key = { j: 'lit', value: token }
      } else this.wrong()
      if (this.take(':')) {
        value = this.binary(0)
        while (this.take('|')) value = { j: 'pipe', op: '|', a: value, b: this.binary(0) }
      }
      entries.push({ key, value: value ?? { j: 'index', of: { j: 'id' }, key } })
      if (!this.take(',') && this.token !== '}') this.wrong()
    }
    return { j: 'object', entries }
  }

  /** Reads a string that begins at the token; interpolations are filters. */
  private quoted(): Filter {
    const parts: (string | Filter)[] = []
    let text = ''
    for (;;) {
      const c = this.text[this.at++]
      if (c === undefined) {
        this.token = ''
        this.wrong()
      }
      if (c === '"') break
      if (c !== '\\') {
        text += c
        continue
      }
      const next = this.text[this.at++] ?? ''
      if (next === '(') {
        parts.push(text)
        text = ''
        this.next()
        parts.push(this.pipe())
        if (this.token !== ')') this.wrong()
      } else if (next === 'u') {
        text += String.fromCharCode(Number.parseInt(this.text.slice(this.at, this.at + 4), 16))
        this.at += 4
      } else text += { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[next] ?? next
    }
    this.next()
    return parts.length === 0 ? { j: 'lit', value: text } : { j: 'string', parts: [...parts, text] }
  }
}
