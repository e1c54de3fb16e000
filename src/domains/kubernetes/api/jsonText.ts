/** A JSON text read as Go's encoding/json reads it: the value, or its error words and the byte at which it stopped. */
export type JsonAnswer =
  | { readonly value: unknown; readonly end: number }
  | { readonly error: string; readonly offset: number }

/**
 * Reads one JSON value from `text` at `start` (leading space is skipped) and says where it ended, so that a stream of values
 * can be read. Error words are Go's: `invalid character '}' looking for beginning of object key string`, `unexpected end of JSON input`.
 */
export function parseJson(text: string, start = 0): JsonAnswer {
  const reader = new Reader(text, start)
  try {
    const value = reader.value()
    return { value, end: reader.at }
  } catch (thrown) {
    if (thrown instanceof Stop) return { error: thrown.words, offset: thrown.offset }
    throw thrown
  }
}

class Stop {
  readonly words: string
  readonly offset: number
  constructor(words: string, offset: number) {
    this.words = words
    this.offset = offset
  }
}

class Reader {
  at: number
  private readonly text: string

  constructor(text: string, start: number) {
    this.text = text
    this.at = start
  }

  value(): unknown {
    const c = this.peek()
    if (c === '{') return this.object()
    if (c === '[') return this.list()
    if (c === '"') return this.string()
    if (c === 't') return this.word('true', true)
    if (c === 'f') return this.word('false', false)
    if (c === 'n') return this.word('null', null)
    const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 400))
    if (!number) return this.fail('looking for beginning of value')
    this.at += number[0].length
    return Number(number[0])
  }

  private object(): unknown {
    const out: { [key: string]: unknown } = {}
    this.at++
    if (this.peek() === '}') {
      this.at++
      return out
    }
    for (;;) {
      if (this.peek() !== '"') return this.fail('looking for beginning of object key string')
      const key = this.string()
      if (this.peek() !== ':') return this.fail('after object key')
      this.at++
      const value = this.value()
      Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true })
      const next = this.peek()
      if (next !== ',' && next !== '}') return this.fail('after object key:value pair')
      this.at++
      if (next === '}') return out
    }
  }

  private list(): unknown {
    const out: unknown[] = []
    this.at++
    if (this.peek() === ']') {
      this.at++
      return out
    }
    for (;;) {
      out.push(this.value())
      const next = this.peek()
      if (next !== ',' && next !== ']') return this.fail('after array element')
      this.at++
      if (next === ']') return out
    }
  }

  private string(): string {
    const from = this.at++
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] ?? ''
      if (c === '"') {
        this.at++
        return JSON.parse(this.text.slice(from, this.at)) as string
      }
      if (c < ' ') this.fail('in string literal')
      if (c !== '\\') continue
      this.at++
      const mark = this.text[this.at] ?? ''
      if (mark === 'u' && !/^[0-9a-fA-F]{4}$/.test(this.text.slice(this.at + 1, this.at + 5))) {
        this.at++
        this.fail('in \\u hexadecimal character escape')
      }
      if (!'"\\/bfnrtu'.includes(mark)) this.fail('in string escape code')
    }
    throw new Stop('unexpected end of JSON input', this.at)
  }

  private word(word: string, value: unknown): unknown {
    for (let i = 0; i < word.length; i++) {
      if (this.text[this.at + i] === word[i]) continue
      this.at += i
      return this.fail(`in literal ${word} (expecting '${word[i]}')`)
    }
    this.at += word.length
    return value
  }

  private peek(): string {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
    return this.text[this.at] ?? ''
  }

  private fail(where: string): never {
    const c = this.text[this.at]
    if (c === undefined) throw new Stop('unexpected end of JSON input', this.at)
    const shown = c === "'" ? `'\\''` : c === '"' ? `'"'` : c < ' ' ? `'${JSON.stringify(c).slice(1, -1)}'` : `'${c}'`
    throw new Stop(`invalid character ${shown} ${where}`, this.at + 1)
  }
}
