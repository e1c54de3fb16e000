import { ExpansionProblem } from './problem.ts'

/** The variables that arithmetic reads and writes. */
export interface Variables {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|\d+#\w+|\d+|[A-Za-z_]\w*(?:\[[^\]]*\])?|\*\*=?|<<=?|>>=?|\+\+|--|&&|\|\||[-+*/%<>=!&^|]=|[-+*/%<>=!~&^|?:(),])/y

const BINARY: { readonly [op: string]: number } = {
  '**': 13,
  '*': 12,
  '/': 12,
  '%': 12,
  '+': 11,
  '-': 11,
  '<<': 10,
  '>>': 10,
  '<': 9,
  '<=': 9,
  '>': 9,
  '>=': 9,
  '==': 8,
  '!=': 8,
  '&': 7,
  '^': 6,
  '|': 5,
  '&&': 4,
  '||': 3,
}
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='])

/** The value of a shell arithmetic expression, in whole numbers. Throws bash's own words. */
export function arithmetic(expression: string, variables: Variables, depth = 0): number {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  let end = 0
  for (let found = TOKEN.exec(expression); found; found = TOKEN.exec(expression)) {
    tokens.push(found[1] as string)
    end = TOKEN.lastIndex
  }
  const rest = expression.slice(end).trim()
  if (rest !== '') throw wrong(expression, 'syntax error: operand expected', rest)
  if (tokens.length === 0) return 0
  if (depth > 100)
    throw new ExpansionProblem(`${expression}: expression recursion level exceeded (error token is "${expression}")`)
  const reader = new Reader(expression, tokens, variables, depth)
  const value = reader.comma()
  if (reader.left) throw wrong(expression, 'syntax error in expression', reader.left)
  return value
}

function wrong(expression: string, what: string, token: string): ExpansionProblem {
  return new ExpansionProblem(`${expression.trim()}: ${what} (error token is "${token}")`)
}

class Reader {
  private at = 0
  private readonly expression: string
  private readonly tokens: readonly string[]
  private readonly variables: Variables
  private readonly depth: number
  /** Above 0 while reading what is not evaluated. */
  private idle = 0

  constructor(expression: string, tokens: readonly string[], variables: Variables, depth: number) {
    this.expression = expression
    this.tokens = tokens
    this.variables = variables
    this.depth = depth
  }

  get left(): string | undefined {
    return this.tokens[this.at]
  }

  comma(): number {
    let value = this.assign()
    while (this.take(',')) value = this.assign()
    return value
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at++
    return true
  }

  private assign(): number {
    const name = this.tokens[this.at]
    const op = this.tokens[this.at + 1]
    if (name !== undefined && op !== undefined && /^[A-Za-z_]/.test(name) && ASSIGN.has(op)) {
      this.at += 2
      const right = this.assign()
      const value = op === '=' ? right : this.apply(op.slice(0, -1), this.value(name), right)
      this.set(name, value)
      return value
    }
    return this.ternary()
  }

  private ternary(): number {
    const test = this.binary(3)
    if (!this.take('?')) return test
    const yes = this.when(test !== 0, () => this.assign())
    if (!this.take(':')) throw wrong(this.expression, "`:' expected for conditional expression", this.left ?? '')
    const no = this.when(test === 0, () => this.assign())
    return test !== 0 ? yes : no
  }

  private when(active: boolean, read: () => number): number {
    if (active) return read()
    this.idle++
    const value = read()
    this.idle--
    return value
  }

  private binary(least: number): number {
    let left = this.unary()
    for (;;) {
      const op = this.tokens[this.at]
      const rank = op === undefined ? undefined : BINARY[op]
      if (op === undefined || rank === undefined || rank < least) return left
      this.at++
      if (op === '&&') left = this.when(left !== 0, () => this.binary(rank + 1)) !== 0 && left !== 0 ? 1 : 0
      else if (op === '||') {
        const before = left
        const right = this.when(before === 0, () => this.binary(rank + 1))
        left = before !== 0 || right !== 0 ? 1 : 0
      } else left = this.apply(op, left, this.binary(op === '**' ? rank : rank + 1))
    }
  }

  private apply(op: string, a: number, b: number): number {
    switch (op) {
      case '**':
        return Math.trunc(a ** b)
      case '*':
        return a * b
      case '/':
      case '%':
        if (b === 0) {
          if (this.idle > 0) return 0
          throw wrong(this.expression, 'division by 0', this.tokens.slice(this.at - 1).join(' '))
        }
        return op === '/' ? Math.trunc(a / b) : a % b
      case '+':
        return a + b
      case '-':
        return a - b
      case '<<':
        return a << b
      case '>>':
        return a >> b
      case '<':
        return Number(a < b)
      case '<=':
        return Number(a <= b)
      case '>':
        return Number(a > b)
      case '>=':
        return Number(a >= b)
      case '==':
        return Number(a === b)
      case '!=':
        return Number(a !== b)
      case '&':
        return a & b
      case '^':
        return a ^ b
      default:
        return a | b
    }
  }

  private unary(): number {
    const op = this.tokens[this.at]
    if (op === '-' || op === '+' || op === '!' || op === '~') {
      this.at++
      const value = this.unary()
      return op === '-' ? -value : op === '+' ? value : op === '!' ? Number(value === 0) : ~value
    }
    if (op === '++' || op === '--') {
      this.at++
      const name = this.tokens[this.at++] ?? ''
      const value = this.value(name) + (op === '++' ? 1 : -1)
      this.set(name, value)
      return value
    }
    return this.primary()
  }

  private primary(): number {
    const token = this.tokens[this.at++]
    if (token === undefined)
      throw wrong(this.expression, 'syntax error: operand expected', this.expression.trim().slice(-1))
    if (token === '(') {
      const value = this.comma()
      if (!this.take(')')) throw wrong(this.expression, "missing `)'", this.left ?? '')
      return value
    }
    if (/^\d/.test(token)) return this.number(token)
    if (!/^[A-Za-z_]/.test(token))
      throw wrong(this.expression, 'syntax error: operand expected', this.tokens.slice(this.at - 1).join(' '))
    const value = this.value(token)
    const next = this.tokens[this.at]
    if (next === '++' || next === '--') {
      this.at++
      this.set(token, value + (next === '++' ? 1 : -1))
    }
    return value
  }

  private number(token: string): number {
    if (/^0[xX]/.test(token)) return Number.parseInt(token, 16)
    const based = /^(\d+)#(\w+)$/.exec(token)
    if (based) return Number.parseInt(based[2] as string, Number(based[1]))
    if (!/^0\d/.test(token)) return Number(token)
    if (/[89]/.test(token)) throw new ExpansionProblem(`${token}: value too great for base (error token is "${token}")`)
    return Number.parseInt(token, 8)
  }

  private value(name: string): number {
    const text = this.variables.get(name)
    return text === undefined || text.trim() === '' ? 0 : arithmetic(text, this.variables, this.depth + 1)
  }

  private set(name: string, value: number): void {
    if (this.idle === 0) this.variables.set(name, String(value))
  }
}
