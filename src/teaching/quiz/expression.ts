export type Value = string | number | boolean

/** Variables that an expression may name. */
export type Values = Readonly<Record<string, Value>>

/**
 * What a small expression comes to: `+ - * / %`, comparisons, `&& || !`, `( )`, numbers, 'texts', names, and `ceil floor round min max`.
 * It can do nothing else, so it may come from anywhere. What is wrong throws with a sentence.
 */
export function evaluate(text: string, values: Values): Value {
  const reader = new Reader(text, values)
  const value = reader.any(0)
  reader.end()
  return value
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z_][\w.]*)|(\|\||&&|[=!<>]=|[-+*/%()<>!,]))/y
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]
const CALLS: Readonly<Record<string, (...given: number[]) => number>> = {
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  min: Math.min,
  max: Math.max,
}

type Token = { readonly is: 'value'; readonly value: Value } | { readonly is: 'name' | 'sign'; readonly text: string }

class Reader {
  private readonly tokens: readonly Token[]
  private readonly values: Values
  private place = 0

  constructor(text: string, values: Values) {
    this.tokens = tokensOf(text)
    this.values = values
  }

  any(level: number): Value {
    const signs = LEVELS[level]
    if (!signs) return this.one()
    let left = this.any(level + 1)
    for (let sign = this.take(signs); sign !== undefined; sign = this.take(signs))
      left = joined(sign, left, this.any(level + 1))
    return left
  }

  end(): void {
    if (this.place < this.tokens.length) throw new Error('the expression goes on where it should have ended')
  }

  private one(): Value {
    if (this.take(['!'])) return !this.one()
    if (this.take(['-'])) return -Number(this.one())
    if (this.take(['('])) return this.closed(this.any(0))
    const token = this.tokens[this.place++]
    if (token?.is === 'value') return token.value
    if (token?.is !== 'name') throw new Error('the expression lacks a value')
    const call = Object.hasOwn(CALLS, token.text) ? CALLS[token.text] : undefined
    if (call && this.take(['('])) {
      const given = [Number(this.any(0))]
      while (this.take([','])) given.push(Number(this.any(0)))
      return this.closed(call(...given))
    }
    const value = Object.hasOwn(this.values, token.text) ? this.values[token.text] : undefined
    if (value === undefined) throw new Error(`there is no variable ${token.text}`)
    return value
  }

  private closed<T>(value: T): T {
    if (!this.take([')'])) throw new Error("the expression lacks a ')'")
    return value
  }

  private take(signs: readonly string[]): string | undefined {
    const token = this.tokens[this.place]
    if (token?.is !== 'sign' || !signs.includes(token.text)) return undefined
    this.place++
    return token.text
  }
}

function joined(sign: string, a: Value, b: Value): Value {
  switch (sign) {
    case '||':
      return Boolean(a) || Boolean(b)
    case '&&':
      return Boolean(a) && Boolean(b)
    case '==':
      return String(a) === String(b)
    case '!=':
      return String(a) !== String(b)
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
    case '+':
      return typeof a === 'string' || typeof b === 'string' ? `${a}${b}` : Number(a) + Number(b)
    case '-':
      return Number(a) - Number(b)
    case '*':
      return Number(a) * Number(b)
    case '/':
      return Number(a) / Number(b)
    default:
      return Number(a) % Number(b)
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  let end = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [, number, quoted, name, sign] = match
    end = TOKEN.lastIndex
    if (number !== undefined) tokens.push({ is: 'value', value: Number(number) })
    else if (quoted !== undefined) tokens.push({ is: 'value', value: quoted })
    else if (name === 'true' || name === 'false') tokens.push({ is: 'value', value: name === 'true' })
    else if (name !== undefined) tokens.push({ is: 'name', text: name })
    else tokens.push({ is: 'sign', text: sign ?? '' })
  }
  if (text.slice(end).trim() !== '') throw new Error(`'${text.slice(end).trim()}' cannot be read in an expression`)
  return tokens
}
