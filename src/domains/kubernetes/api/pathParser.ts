/** One piece of a parsed JSONPath template. `list` is what stands between braces. */
export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] }
  | { readonly kind: 'word'; readonly name: string }
  | { readonly kind: 'root' | 'current' | 'wildcard' | 'recursive' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | {
      readonly kind: 'slice'
      readonly from: number | undefined
      readonly to: number | undefined
      readonly step: number | undefined
    }
  | { readonly kind: 'union'; readonly paths: readonly (readonly PathNode[])[] }
  | {
      readonly kind: 'filter'
      readonly left: readonly PathNode[]
      readonly operator: string
      readonly right: readonly PathNode[]
    }

/** Parses a template; errors are those of client-go's parser. Models: client-go/util/jsonpath/parser.go. */
export function parsePath(template: string): { readonly nodes: readonly PathNode[] } | { readonly error: string } {
  try {
    return { nodes: new Parser(template).template() }
  } catch (thrown) {
    if (thrown instanceof ParseProblem) return { error: thrown.message }
    throw thrown
  }
}

class ParseProblem extends Error {}

class Parser {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  template(): PathNode[] {
    const nodes: PathNode[] = []
    let from = 0
    while (this.at < this.text.length) {
      if (this.text[this.at] !== '{') {
        this.at++
        continue
      }
      if (this.at > from) nodes.push({ kind: 'text', text: this.text.slice(from, this.at) })
      this.at++
      nodes.push({ kind: 'list', nodes: this.action('}') })
      from = this.at
    }
    if (this.at > from) nodes.push({ kind: 'text', text: this.text.slice(from) })
    return nodes
  }

  /** Nodes up to `close`, which is consumed; an empty `close` reads to the end of the text. */
  action(close: string): PathNode[] {
    const nodes: PathNode[] = []
    for (;;) {
      const c = this.text[this.at]
      if (c === undefined) {
        if (close === '') return nodes
        throw new ParseProblem('unclosed action')
      }
      if (c === close) {
        this.at++
        return nodes
      }
      if (c === ' ' || c === '\t') this.at++
      else if (c === '\n' || c === '\r') throw new ParseProblem('unclosed action')
      else if (c === '"' || c === "'") nodes.push({ kind: 'string', text: this.quoted(c) })
      else if (c === '$' || c === '@') {
        this.at++
        nodes.push({ kind: c === '$' ? 'root' : 'current' })
      } else if (c === '*') {
        this.at++
        nodes.push({ kind: 'wildcard' })
      } else if (c === '[') nodes.push(this.brackets())
      else if (c === '.') nodes.push(...this.dotted())
      else if (/[+\-0-9]/.test(c)) nodes.push(this.number())
      else if (/[A-Za-z_]/.test(c)) nodes.push(this.word())
      else
        throw new ParseProblem(
          `unrecognized character in action: U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${c}'`,
        )
    }
  }

  private dotted(): PathNode[] {
    this.at++
    if (this.text[this.at] === '.') {
      this.at++
      const next = this.text[this.at] ?? ''
      if (/[A-Za-z0-9_\\-]/.test(next)) return [{ kind: 'recursive' }, ...this.fieldName()]
      return [{ kind: 'recursive' }]
    }
    if (this.text[this.at] === '[') return []
    if (this.text[this.at] === '*') {
      this.at++
      return [{ kind: 'wildcard' }]
    }
    return this.fieldName()
  }

  private fieldName(): PathNode[] {
    let name = ''
    for (;;) {
      const c = this.text[this.at]
      if (c === undefined || ' \t\r\n.[]()|,}=!<>'.includes(c)) break
      if (c === '\\') this.at++
      name += this.text[this.at] ?? ''
      this.at++
    }
    return name === '' ? [] : [{ kind: 'field', name }]
  }

  private word(): PathNode {
    const name = /^[A-Za-z0-9_]+/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += name.length
    if (name === 'true' || name === 'false') return { kind: 'bool', value: name === 'true' }
    if (name === 'range' || name === 'end') return { kind: 'word', name }
    throw new ParseProblem(`unrecognized identifier ${name}`)
  }

  private number(): PathNode {
    const text = /^[+-]?[0-9]*(\.[0-9]+)?/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += text.length
    if (text === '' || Number.isNaN(Number(text))) throw new ParseProblem(`cannot parse number ${text}`)
    return { kind: 'number', value: Number(text) }
  }

  private quoted(quote: string): string {
    let out = ''
    this.at++
    for (;;) {
      const c = this.text[this.at++]
      if (c === undefined || c === '\n') throw new ParseProblem('unterminated quoted string')
      if (c === quote) return out
      if (c !== '\\') {
        out += c
        continue
      }
      const next = this.text[this.at++] ?? ''
      out += { n: '\n', t: '\t', r: '\r' }[next] ?? next
    }
  }

  /** `[...]`: a key, an index, a slice, a union or a filter. */
  private brackets(): PathNode {
    const start = ++this.at
    let depth = 1
    let quote = ''
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] ?? ''
      if (quote !== '') {
        if (c === '\\') this.at++
        else if (c === quote) quote = ''
      } else if (c === '"' || c === "'") quote = c
      else if (c === '[') depth++
      else if (c === ']' && --depth === 0) break
    }
    if (depth > 0) throw new ParseProblem('unterminated array')
    const inner = this.text.slice(start, this.at++)
    const text = inner.trim()
    if (text.startsWith('?(')) {
      if (!text.endsWith(')')) throw new ParseProblem('unterminated filter')
      return filter(text.slice(2, -1))
    }
    if (text === '*') return { kind: 'wildcard' }
    const parts = splitOutside(text, ',')
    if (parts.length > 1) return { kind: 'union', paths: parts.map((part) => element(part.trim())) }
    return { kind: 'list', nodes: element(text) }
  }
}

/** One element of brackets. A quoted key is a path of its own, so that its dots must be escaped. */
function element(text: string): readonly PathNode[] {
  const key = /^'([^']*)'$|^"([^"]*)"$/.exec(text)
  if (key) return new Parser(`.${key[1] ?? key[2] ?? ''}`).action('')
  const hit = /^(-?\d*)(:)?(-?\d*)(?::(-?\d*))?$/.exec(text)
  if (!hit || text === '') throw new ParseProblem(`invalid array index ${text}`)
  const read = (part: string | undefined) => (part === undefined || part === '' ? undefined : Number(part))
  if (hit[2] === undefined) return [{ kind: 'slice', from: Number(hit[1]), to: undefined, step: 0 }]
  return [{ kind: 'slice', from: read(hit[1]), to: read(hit[3]), step: read(hit[4]) }]
}

function filter(text: string): PathNode {
  for (const operator of ['==', '!=', '<=', '>=', '<', '>']) {
    const parts = splitOutside(text, operator)
    if (parts.length < 2) continue
    const [left = '', right = ''] = parts
    return {
      kind: 'filter',
      left: new Parser(left.trim()).action(''),
      operator,
      right: new Parser(right.trim()).action(''),
    }
  }
  return { kind: 'filter', left: new Parser(text.trim()).action(''), operator: 'exists', right: [] }
}

/** Splits at `mark` where it stands outside quotes, brackets and parentheses. */
function splitOutside(text: string, mark: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quote !== '') {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '[' || c === '(') depth++
    else if (c === ']' || c === ')') depth--
    else if (depth === 0 && text.startsWith(mark, i)) {
      parts.push(text.slice(from, i))
      i += mark.length - 1
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}
