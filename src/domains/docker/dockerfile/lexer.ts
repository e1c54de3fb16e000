import { isSpace, quoted } from './go.ts'
import { DockerfileProblem } from './problem.ts'
import { patternProblem, replaced, withoutPrefix, withoutSuffix } from './shellPattern.ts'

/** Variables by name. */
export type Variables = ReadonlyMap<string, string>

/** How words are taken apart. */
export interface LexerOptions {
  readonly escape: string
  /** Keep quotes. */
  readonly rawQuotes?: boolean
  /** Keep escapes. */
  readonly rawEscapes?: boolean
  /** Quotes mean nothing. */
  readonly skipQuotes?: boolean
  /** Leave what names no variable as it stands. */
  readonly skipUnset?: boolean
}

/** A word with its variables replaced. */
export interface Expanded {
  readonly text: string
  /** The same, apart at spaces outside of quotes. */
  readonly words: readonly string[]
  readonly matched: ReadonlySet<string>
  readonly unmatched: ReadonlySet<string>
}

/**
 * Replaces variables and takes quotes and escapes away, as a Dockerfile's own small shell does; throws `DockerfileProblem`.
 * Models: buildkit frontend/dockerfile/shell/lex.go
 */
export function expand(word: string, variables: Variables, options: LexerOptions): Expanded {
  const lexer = new Lexer(word, variables, options)
  try {
    const [text, words] = lexer.until('', options.rawEscapes ?? false)
    return { text, words, matched: lexer.matched, unmatched: lexer.unmatched }
  } catch (problem) {
    if (!(problem instanceof DockerfileProblem)) throw problem
    throw new DockerfileProblem(`failed to process ${quoted(word)}: ${problem.message}`)
  }
}

const NONE: Variables = new Map()

export { NONE as NO_VARIABLES }

class Lexer {
  readonly matched = new Set<string>()
  readonly unmatched = new Set<string>()
  private readonly letters: readonly string[]
  private readonly variables: Variables
  private readonly options: LexerOptions
  private at = 0
  private raw: boolean

  constructor(word: string, variables: Variables, options: LexerOptions) {
    this.letters = [...word]
    this.variables = variables
    this.options = options
    this.raw = options.rawEscapes ?? false
  }

  /** Reads to a letter, which is consumed, or to the end where that is empty. */
  until(stop: string, raw: boolean): readonly [string, readonly string[]] {
    const before = this.raw
    this.raw = raw
    const words = new Words()
    let result = ''
    while (this.at < this.letters.length) {
      const letter = this.peek() as string
      if (stop !== '' && letter === stop) {
        this.at++
        this.raw = before
        return [result, words.all()]
      }
      const special = this.special(letter)
      if (special !== undefined) {
        result += special
        if (letter === '$') words.addText(special)
        else words.addRaw(special)
        continue
      }
      this.at++
      if (letter !== this.options.escape) {
        words.add(letter)
        result += letter
        continue
      }
      if (this.raw) {
        words.addRaw(letter)
        result += letter
      }
      const escaped = this.next()
      if (escaped === undefined) break
      words.addRaw(escaped)
      result += escaped
    }
    this.raw = before
    if (stop !== '') throw new DockerfileProblem(`unexpected end of statement while looking for matching ${stop}`)
    return [result, words.all()]
  }

  private special(letter: string): string | undefined {
    if (letter === '$') return this.dollar()
    if (letter === '<') return this.possibleHeredoc()
    if (this.options.skipQuotes) return undefined
    if (letter === "'") return this.singleQuote()
    if (letter === '"') return this.doubleQuote()
    return undefined
  }

  private singleQuote(): string {
    const quote = this.next() as string
    const end = this.letters.indexOf("'", this.at)
    if (end < 0) throw new DockerfileProblem('unexpected end of statement while looking for matching single-quote')
    const inside = this.letters.slice(this.at, end).join('')
    this.at = end + 1
    return this.options.rawQuotes ? `${quote}${inside}'` : inside
  }

  private doubleQuote(): string {
    let result = ''
    const quote = this.next() as string
    if (this.options.rawQuotes) result += quote
    for (;;) {
      const letter = this.peek()
      if (letter === undefined)
        throw new DockerfileProblem('unexpected end of statement while looking for matching double-quote')
      if (letter === '"') {
        this.at++
        return this.options.rawQuotes ? `${result}"` : result
      }
      if (letter === '$') {
        result += this.dollar()
        continue
      }
      this.at++
      if (letter !== this.options.escape) {
        result += letter
        continue
      }
      if (this.raw) result += letter
      const next = this.peek()
      if (next === undefined) continue
      if (next === '"' || next === '$' || next === this.options.escape) {
        this.at++
        result += next
      } else result += letter
    }
  }

  private possibleHeredoc(): string {
    this.at++
    if (this.peek() !== '<') return '<'
    this.at++
    let space = ''
    for (let letter = this.peek(); letter === '\t' || letter === '\r' || letter === ' '; letter = this.peek()) {
      space += letter
      this.at++
    }
    return `<<${space}`
  }

  private dollar(): string {
    this.at++
    if (this.peek() !== '{') {
      const name = this.name()
      if (name === '') return '$'
      const value = this.value(name)
      return value === undefined && this.options.skipUnset ? `$${name}` : (value ?? '')
    }
    this.at++
    const first = this.peek()
    if (first === undefined) throw new DockerfileProblem("syntax error: missing '}'")
    if (first === '{' || first === '}' || first === ':') throw new DockerfileProblem('syntax error: bad substitution')
    const name = this.name()
    let sign = this.next()
    if (sign === '}') {
      const value = this.value(name)
      return value === undefined && this.options.skipUnset ? `\${${name}}` : (value ?? '')
    }
    if (sign === '/') return this.replacement(name)
    let signs = sign ?? '\ufffd'
    const emptyIsUnset = sign === ':'
    if (emptyIsUnset) {
      sign = this.next()
      signs += sign ?? '\ufffd'
    }
    if (!emptyIsUnset && !['+', '-', '?', '#', '%'].includes(sign ?? ''))
      throw new DockerfileProblem(`unsupported modifier (${signs}) in substitution`)
    return this.modified(name, sign ?? '', signs, emptyIsUnset)
  }

  private modified(name: string, sign: string, signs: string, emptyIsUnset: boolean): string {
    const trims = sign === '#' || sign === '%'
    if (emptyIsUnset && trims) throw new DockerfileProblem(`unsupported modifier (${signs}) in substitution`)
    const word = this.closed('}', trims, "syntax error: missing '}'")
    const value = this.value(name)
    if (this.options.skipUnset && value === undefined) return `\${${name}${signs}${word}}`
    const unset = value === undefined || (emptyIsUnset && value === '')
    switch (sign) {
      case '-':
        return unset ? word : (value ?? '')
      case '+':
        return unset ? '' : word
      case '?':
        if (value === undefined)
          throw new DockerfileProblem(`${name}: ${word === '' ? 'is not allowed to be unset' : word}`)
        if (unset) throw new DockerfileProblem(`${name}: ${word === '' ? 'is not allowed to be empty' : word}`)
        return value
      case '#':
      case '%': {
        const greedy = word.startsWith(sign)
        const pattern = greedy ? word.slice(1) : word
        try {
          return (sign === '%' ? withoutSuffix : withoutPrefix)(pattern, value ?? '', greedy)
        } catch (problem) {
          throw patternProblem(pattern, problem)
        }
      }
      default:
        throw new DockerfileProblem(`unsupported modifier (${signs}) in substitution`)
    }
  }

  private replacement(name: string): string {
    const all = this.peek() === '/'
    if (all) this.at++
    const pattern = this.closed('/', true, "syntax error: missing '/' in ${}")
    const replacement = this.closed('}', true, "syntax error: missing '}'")
    const value = this.value(name)
    if (this.options.skipUnset && value === undefined) return `\${${name}/${pattern}/${replacement}}`
    try {
      return replaced(pattern, value ?? '', replacement, all)
    } catch (problem) {
      throw patternProblem(pattern, problem)
    }
  }

  private closed(stop: string, raw: boolean, missing: string): string {
    try {
      return this.until(stop, raw)[0]
    } catch (problem) {
      if (problem instanceof DockerfileProblem && this.at >= this.letters.length) throw new DockerfileProblem(missing)
      throw problem
    }
  }

  private name(): string {
    const first = this.peek()
    if (first === undefined) return ''
    if (/\p{Nd}/u.test(first)) return this.while(/\p{Nd}/u)
    if ('@*#?-$!0'.includes(first)) {
      this.at++
      return first
    }
    return this.while(/[\p{L}\p{Nd}_]/u)
  }

  private while(pattern: RegExp): string {
    let text = ''
    for (let letter = this.peek(); letter !== undefined && pattern.test(letter); letter = this.peek()) {
      text += letter
      this.at++
    }
    return text
  }

  private value(name: string): string | undefined {
    const value = this.variables.get(name)
    ;(value === undefined ? this.unmatched : this.matched).add(name)
    return value
  }

  private peek(): string | undefined {
    return this.letters[this.at]
  }

  private next(): string | undefined {
    return this.letters[this.at++]
  }
}

/** Words as they are put together letter by letter. */
class Words {
  private readonly found: string[] = []
  private word = ''
  private inside = false

  add(letter: string): void {
    if (!isSpace(letter)) this.addRaw(letter)
    else if (this.inside && this.word !== '') {
      this.found.push(this.word)
      this.word = ''
      this.inside = false
    }
  }

  addRaw(text: string): void {
    this.word += text
    this.inside = true
  }

  addText(text: string): void {
    for (const letter of text) this.add(letter)
  }

  all(): readonly string[] {
    if (this.word !== '') this.found.push(this.word)
    this.word = ''
    this.inside = false
    return this.found
  }
}
