import type { Expansion } from '../expand/expansion.ts'
import { matches } from '../expand/pattern.ts'
import { ExpansionProblem } from '../expand/problem.ts'
import type { CondToken, Word } from '../parse/ast.ts'
import { withVar } from './shell.ts'
import { compare, unaryTest } from './test.ts'

/** The status of `[[ … ]]`: 0 true, 1 false. */
export function conditional(tokens: readonly CondToken[], expansion: Expansion): number {
  const reader = new Reader(tokens, expansion)
  const value = reader.or()
  if (!reader.done) throw new ExpansionProblem('syntax error in conditional expression')
  return value ? 0 : 1
}

class Reader {
  private at = 0
  private readonly tokens: readonly CondToken[]
  private readonly expansion: Expansion

  constructor(tokens: readonly CondToken[], expansion: Expansion) {
    this.tokens = tokens
    this.expansion = expansion
  }

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  or(): boolean {
    let value = this.and()
    while (this.take('||')) value = this.and() || value
    return value
  }

  private and(): boolean {
    let value = this.not()
    while (this.take('&&')) value = this.not() && value
    return value
  }

  private not(): boolean {
    if (this.take('!')) return !this.not()
    if (this.take('(')) {
      const value = this.or()
      if (!this.take(')')) throw new ExpansionProblem("expected `)'")
      return value
    }
    const op = this.op()
    if (op?.startsWith('-')) {
      this.at++
      return unaryTest(op, this.expansion.text(this.word()), this.expansion)
    }
    const left = this.word()
    const between = this.op()
    if (between === undefined || ['&&', '||', ')', '('].includes(between)) return this.expansion.text(left) !== ''
    this.at++
    return this.binary(this.expansion.text(left), between, this.word())
  }

  private binary(left: string, op: string, right: Word): boolean {
    if (op === '==' || op === '=') return matches(this.expansion.pattern(right), left)
    if (op === '!=') return !matches(this.expansion.pattern(right), left)
    if (op === '=~') {
      let found: RegExpExecArray | null
      try {
        found = new RegExp(
          this.expansion
            .text(right)
            .replace(/\[\[:(\w+):\]/g, (_, name: string) =>
              name === 'digit' ? '[0-9' : name === 'space' ? '[\\s' : '[A-Za-z',
            ),
        ).exec(left)
      } catch {
        throw new ExpansionProblem('invalid regular expression')
      }
      this.expansion.shell = withVar(
        this.expansion.shell,
        'BASH_REMATCH',
        [...(found ?? [])].map((one) => one ?? ''),
      )
      return found !== null
    }
    const text = this.expansion.text(right)
    if (/^-(eq|ne|lt|le|gt|ge)$/.test(op))
      return (
        compare(String(this.expansion.arithmetic(left)), op, String(this.expansion.arithmetic(text)), this.expansion) ??
        false
      )
    const result = compare(left, op, text, this.expansion)
    if (result === undefined) throw new ExpansionProblem(`conditional binary operator expected`)
    return result
  }

  private op(): string | undefined {
    const token = this.tokens[this.at]
    return token && 'op' in token ? token.op : undefined
  }

  private take(op: string): boolean {
    if (this.op() !== op) return false
    this.at++
    return true
  }

  private word(): Word {
    const token = this.tokens[this.at++]
    if (!token) throw new ExpansionProblem('unexpected argument to conditional unary operator')
    return 'word' in token ? token.word : [{ lit: token.op }]
  }
}
