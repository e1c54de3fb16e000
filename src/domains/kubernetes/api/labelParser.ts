import { newRequirement, type Operator, type Requirement } from './labelRequirement.ts'
import { goQuote, labelKeyErrors } from './labelSyntax.ts'

/**
 * Parses the text of a label selector into requirements in written order, or returns the parser's error text.
 * Models: staging/src/k8s.io/apimachinery/pkg/labels/selector.go Parser
 */
export function parseRequirements(text: string): Requirement[] | string {
  const parser = new Parser(scan(text))
  try {
    return parser.parse()
  } catch (error) {
    if (error instanceof SelectorError) return error.message
    throw error
  }
}

/** `word` is an identifier; any other token is its own literal. */
interface Token {
  readonly kind: 'word' | 'end' | 'error' | ')' | ',' | '!' | '==' | '=' | '>' | 'in' | '<' | '!=' | 'notin' | '('
  readonly text: string
}

class SelectorError extends Error {}

const operators: Partial<Record<Token['kind'], Operator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
}
const SPECIAL = '=!(),><'
const BLANK = ' \t\r\n'
const LITERALS: ReadonlySet<string> = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '('])

function scan(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    while (at < text.length && BLANK.includes(text.charAt(at))) at++
    const first = text.charAt(at)
    if (first === '' || first === '\0') {
      tokens.push({ kind: 'end', text: '' })
      return tokens
    }
    if (SPECIAL.includes(first)) {
      let longest = ''
      let seen = ''
      while (at < text.length && SPECIAL.includes(text.charAt(at))) {
        const longer = seen + text.charAt(at)
        if (LITERALS.has(longer)) longest = longer
        else if (longest !== '') break
        seen = longer
        at++
      }
      tokens.push(
        longest === ''
          ? { kind: 'error', text: `error expected: keyword found '${seen}'` }
          : { kind: longest as Token['kind'], text: longest },
      )
      continue
    }
    const start = at
    while (at < text.length && !(SPECIAL + BLANK).includes(text.charAt(at)) && text.charAt(at) !== '\0') at++
    const word = text.slice(start, at)
    if (text.charAt(at) === '\0') at++
    tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'word', text: word })
  }
}

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = []
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end') return requirements
      if (token.kind !== 'word' && token.kind !== '!')
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`)
      requirements.push(this.requirement())
      const next = this.take()
      if (next.kind === 'end') return requirements
      if (next.kind !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`)
      const after = this.peek()
      if (after.kind !== 'word' && after.kind !== '!')
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`)
    }
  }

  private requirement(): Requirement {
    let token = this.take()
    const negated = token.kind === '!'
    if (negated) token = this.take()
    if (token.kind !== 'word') throw refuse(`found '${token.text}', expected: identifier`)
    const key = token.text
    const errors = labelKeyErrors(key)
    if (errors.length > 0) throw refuse(`<nil>: Invalid value: ${goQuote(key)}: ${errors.join('; ')}`)
    const next = this.peek().kind
    const unary: Operator | undefined = negated ? '!' : next === 'end' || next === ',' ? 'exists' : undefined
    if (unary) return this.checked(key, unary, [])
    const word = this.tokens[this.at++] ?? END
    const operator = operators[word.kind]
    if (!operator) throw refuse(`found '${word.text}', expected: in, notin, =, ==, !=, gt, lt`)
    const values = operator === 'in' || operator === 'notin' ? this.values() : [this.exactValue()]
    return this.checked(key, operator, values)
  }

  private checked(key: string, operator: Operator, values: readonly string[]): Requirement {
    const requirement = newRequirement(key, operator, values)
    if (typeof requirement === 'string') throw refuse(requirement)
    return requirement
  }

  private values(): string[] {
    const open = this.take()
    if (open.kind !== '(') throw refuse(`found '${open.text}' expected: '('`)
    const first = this.peek()
    if (first.kind === ')') {
      this.take()
      return ['']
    }
    if (first.kind !== 'word' && first.kind !== ',')
      throw refuse(`found '${first.text}', expected: ',', ')' or identifier`)
    const found = this.identifiers()
    if (this.take().kind !== ')') throw refuse(`found '${first.text}', expected: ')'`)
    return [...found].sort()
  }

  private identifiers(): Set<string> {
    const found = new Set<string>()
    for (;;) {
      const token = this.take()
      if (token.kind === 'word') {
        found.add(token.text)
        const next = this.peek()
        if (next.kind === ')') return found
        if (next.kind !== ',') throw refuse(`found '${next.text}', expected: ',' or ')'`)
      } else if (token.kind === ',') {
        if (found.size === 0) found.add('')
        const next = this.peek()
        if (next.kind === ')') return found.add('')
        if (next.kind === ',') {
          this.take()
          found.add('')
          if (this.peek().kind === ')') return found
        }
      } else throw refuse(`found '${token.text}', expected: ',', or identifier`)
    }
  }

  private exactValue(): string {
    const next = this.peek()
    if (next.kind === 'end' || next.kind === ',') return ''
    const token = this.take()
    if (token.kind !== 'word') throw refuse(`found '${token.text}', expected: identifier`)
    return token.text
  }

  /** Where a key or a value may stand, `in` and `notin` are words. */
  private peek(): Token {
    const token = this.tokens[this.at] ?? END
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'word', text: token.text } : token
  }

  private take(): Token {
    const token = this.peek()
    this.at++
    return token
  }
}

const END: Token = { kind: 'end', text: '' }

function refuse(message: string): SelectorError {
  return new SelectorError(`unable to parse requirement: ${message}`)
}
