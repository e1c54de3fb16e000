import type { Json } from '../../../../kernel/index.ts'

type Value = string | readonly Value[] | { readonly [key: string]: Value }

class Wrong extends Error {}

const FIRST = /^(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--\\^-|~-\uffff])*/
const SECOND = /^(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--<>-\uffff])*/

/**
 * Reads the tool's shorthand: `key=value,list=a,b,list=[a,b],map={k=v}`. Leaves are strings, the shape makes numbers of them;
 * `file` gives what `key@=file://...` names.
 * Models: awscli/shorthand.py.
 */
export function readShorthand(
  input: string,
  file: (reference: string) => string,
): { readonly value: Json } | { readonly error: string } {
  const reader = new Reader(input, file)
  try {
    return { value: reader.parameter() as Json }
  } catch (error) {
    if (error instanceof Wrong) return { error: error.message }
    throw error
  }
}

class Reader {
  private readonly input: string
  private readonly file: (reference: string) => string
  private at = 0
  private fromFile = false

  constructor(input: string, file: (reference: string) => string) {
    this.input = input
    this.file = file
  }

  parameter(): { readonly [key: string]: Value } {
    const found: { [key: string]: Value } = {}
    const [key, value] = this.pair(() => this.values())
    found[key] = value
    let last = this.at
    while (this.at < this.input.length) {
      this.expect(',', true)
      const [next, other] = this.pair(() => this.values())
      if (next in found)
        throw new Wrong(
          `Second instance of key "${next}" encountered for input:\n${this.where(last + 1)}\nThis is often because there is a preceding "," instead of a space.`,
        )
      found[next] = other
      last = this.at
    }
    return found
  }

  private pair(values: () => Value): readonly [string, Value] {
    const start = this.at
    while (/[A-Za-z0-9\-_.#/:]/.test(this.sign)) this.at++
    const key = this.input.slice(start, this.at)
    this.fromFile = false
    this.space()
    if (this.sign === '@') {
      this.at++
      this.space()
      this.fromFile = true
    }
    this.expect('=', true)
    return [key, values()]
  }

  private values(): Value {
    if (this.sign === '') return ''
    if (this.sign === '[') return this.list()
    if (this.sign === '{') return this.map()
    return this.csv()
  }

  private csv(): Value {
    const first = this.first()
    this.space()
    if (!this.stands(',')) return first
    this.expect(',', true)
    const all = [first]
    for (;;) {
      try {
        const current = this.second()
        this.space()
        if (this.sign === '') {
          all.push(current)
          break
        }
        this.expect(',', true)
        all.push(current)
      } catch (error) {
        if (!(error instanceof Wrong) || this.sign === '') throw error
        while (this.at >= 0 && this.input[this.at] !== ',') this.at--
        break
      }
    }
    return all.length === 1 ? first : all
  }

  private list(): Value {
    this.expect('[', true)
    const values: Value[] = []
    while (this.sign !== ']') {
      values.push(this.inner())
      this.space()
      if (this.sign !== ']') {
        this.expect(',')
        this.space()
      }
    }
    this.expect(']')
    return values
  }

  private map(): Value {
    this.expect('{', true)
    const found: { [key: string]: Value } = {}
    while (this.sign !== '}') {
      const [key, value] = this.pair(() => this.inner())
      this.space()
      if (this.sign !== '}') {
        this.expect(',')
        this.space()
      }
      found[key] = value
    }
    this.expect('}')
    return found
  }

  private inner(): Value {
    if (this.sign === '[') return this.list()
    if (this.sign === '{') return this.map()
    return this.first()
  }

  private first(): string {
    if (this.sign === "'" || this.sign === '"') return this.quoted()
    const found = FIRST.exec(this.input.slice(this.at))
    if (!found) return ''
    this.at += found[0].length
    return this.plain(found[0].replaceAll('\\,', ',').trimEnd())
  }

  private second(): string {
    if (this.sign === "'" || this.sign === '"') return this.quoted()
    const found = SECOND.exec(this.input.slice(this.at))
    if (!found) throw this.wrong('<second>', '<none>')
    this.at += found[0].length
    return this.plain(found[0].replaceAll('\\,', ',').trimEnd())
  }

  private quoted(): string {
    const quote = this.sign
    const found = (quote === "'" ? /^'(?:\\'|[^'])*'/ : /^"(?:\\"|[^"])*"/).exec(this.input.slice(this.at))
    if (!found) throw this.wrong(quote === "'" ? '<singled quoted>' : '<double quoted>', '<none>')
    this.at += found[0].length
    return this.plain(found[0].slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\'))
  }

  private plain(text: string): string {
    return this.fromFile && /^fileb?:\/\//.test(text) ? this.file(text) : text
  }

  private get sign(): string {
    return this.input[this.at] ?? ''
  }

  private stands(sign: string): boolean {
    return this.sign === sign
  }

  private space(): void {
    while (/\s/.test(this.sign)) this.at++
  }

  private expect(sign: string, spaced = false): void {
    if (spaced) this.space()
    if (this.sign !== sign) throw this.wrong(sign, this.sign === '' ? 'EOF' : this.sign)
    this.at++
    if (spaced) this.space()
  }

  private wrong(expected: string, received: string): Wrong {
    return new Wrong(`Expected: '${expected}', received: '${received}' for input:\n${this.where(this.at)}`)
  }

  private where(index: number): string {
    const consumed = this.input.slice(0, index)
    const rest = this.input.slice(index)
    if (!consumed.includes('\n') && !rest.includes('\n')) return `${this.input}\n${' '.repeat(index)}^`
    const column = index - consumed.lastIndexOf('\n') - 1
    const [line = '', ...others] = rest.split('\n')
    return `${consumed}${line}\n${' '.repeat(column)}^${others.length > 0 ? `\n${others.join('\n')}` : ''}`
  }
}
