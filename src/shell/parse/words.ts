import type { Part, Script, Word } from './ast.ts'
import { SyntaxProblem } from './syntaxError.ts'

/** Where the reader stands in a text. Shared by the parser and the reader of words. */
export interface Cursor {
  text: string
  at: number
  /** Parses the commands up to a closing parenthesis, for `$( )`. */
  readonly commands: (cursor: Cursor) => Script
  /** Parses a whole text as commands, for backticks. */
  readonly whole: (text: string) => Script
}

const META = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')'])
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y

/** Reads one word, up to an unquoted character of `stop`; undefined when there is none. */
export function readWord(cursor: Cursor, stop: ReadonlySet<string> = META): Word | undefined {
  const parts: Part[] = []
  const start = cursor.at
  while (cursor.at < cursor.text.length) {
    const c = cursor.text[cursor.at] as string
    if (c === '<' && cursor.text[cursor.at + 1] === '(' && stop === META) {
      cursor.at += 2
      parts.push({ sub: cursor.commands(cursor), file: true })
      continue
    }
    if (stop.has(c)) break
    if (c === '\\') {
      const next = cursor.text[cursor.at + 1]
      cursor.at += 2
      if (next === undefined) throw new SyntaxProblem('syntax error: unexpected end of file', true)
      if (next !== '\n') literal(parts, next, true)
    } else if (c === "'") {
      literal(parts, readSingle(cursor), true)
    } else if (c === '"') {
      cursor.at++
      readDouble(cursor, parts, '"')
      cursor.at++
    } else if (c === '$') readDollar(cursor, parts, false)
    else if (c === '`') parts.push(readBackticks(cursor, false))
    else {
      literal(parts, c, false)
      cursor.at++
    }
  }
  return cursor.at === start ? undefined : parts
}

/** Reads what stands in double quotes or in a heredoc, up to `end` (undefined: the end of the text). */
export function readDouble(cursor: Cursor, parts: Part[], end: string | undefined): void {
  literal(parts, '', true)
  for (;;) {
    const c = cursor.text[cursor.at]
    if (c === undefined) {
      if (end === undefined) return
      throw new SyntaxProblem(`unexpected EOF while looking for matching \`${end}'`, true)
    }
    if (c === end) return
    if (c === '\\') {
      const next = cursor.text[cursor.at + 1]
      cursor.at += 2
      if (next === '\n') continue
      const escapes =
        next !== undefined && ('$`\\'.includes(next) || (next === '"' && end === '"') || (next === '}' && end === '}'))
      literal(parts, escapes ? next : `\\${next ?? ''}`, true)
    } else if (c === '$') readDollar(cursor, parts, true)
    else if (c === '`') parts.push(readBackticks(cursor, true))
    else {
      literal(parts, c, true)
      cursor.at++
    }
  }
}

function literal(parts: Part[], text: string, quoted: boolean): void {
  const last = parts[parts.length - 1]
  if (last && 'lit' in last && (last.quoted === true) === quoted)
    parts[parts.length - 1] = quoted ? { lit: last.lit + text, quoted: true } : { lit: last.lit + text }
  else parts.push(quoted ? { lit: text, quoted: true } : { lit: text })
}

function readSingle(cursor: Cursor): string {
  const end = cursor.text.indexOf("'", cursor.at + 1)
  if (end < 0) throw new SyntaxProblem("unexpected EOF while looking for matching `''", true)
  const text = cursor.text.slice(cursor.at + 1, end)
  cursor.at = end + 1
  return text
}

function readBackticks(cursor: Cursor, quoted: boolean): Part {
  let text = ''
  let at = cursor.at + 1
  for (; cursor.text[at] !== '`'; at++) {
    const c = cursor.text[at]
    if (c === undefined) throw new SyntaxProblem("unexpected EOF while looking for matching ``'", true)
    const next = cursor.text[at + 1]
    if (c === '\\' && next !== undefined && '`$\\'.includes(next)) {
      text += next
      at++
    } else text += c
  }
  cursor.at = at + 1
  return mark({ sub: cursor.whole(text) }, quoted)
}

function mark<P extends object>(part: P, quoted: boolean): P & { quoted?: true } {
  return quoted ? { ...part, quoted: true } : part
}

function readDollar(cursor: Cursor, parts: Part[], quoted: boolean): void {
  const { text } = cursor
  const next = text[cursor.at + 1]
  if (next === '(' && text[cursor.at + 2] === '(') {
    const end = arithmeticEnd(text, cursor.at + 3)
    if (end !== undefined) {
      const inside: Part[] = []
      readDouble({ ...cursor, text: text.slice(cursor.at + 3, end), at: 0 }, inside, undefined)
      parts.push(mark({ arith: inside }, quoted))
      cursor.at = end + 2
      return
    }
  }
  if (next === '(') {
    cursor.at += 2
    parts.push(mark({ sub: cursor.commands(cursor) }, quoted))
  } else if (next === '{') readBraced(cursor, parts, quoted)
  else if (next === "'" && !quoted) {
    cursor.at += 2
    literal(parts, readAnsi(cursor), true)
  } else if (next === '"' && !quoted) {
    cursor.at += 1
  } else if (next !== undefined && /[0-9@*#?$!-]/.test(next)) {
    parts.push(mark({ param: next }, quoted))
    cursor.at += 2
  } else {
    const name = nameAt(text, cursor.at + 1)
    if (name === '') literal(parts, '$', quoted)
    else parts.push(mark({ param: name }, quoted))
    cursor.at += 1 + name.length
  }
}

/** The position of the `))` that closes arithmetic begun before `from`. */
export function arithmeticEnd(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') {
      if (depth === 0) return text[at + 1] === ')' ? at : undefined
      depth--
    }
  }
  return undefined
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at
  return NAME.exec(text)?.[0] ?? ''
}

const OPERATORS = [
  ':-',
  ':=',
  ':?',
  ':+',
  '##',
  '%%',
  '//',
  '/#',
  '/%',
  '^^',
  ',,',
  '-',
  '=',
  '?',
  '+',
  '#',
  '%',
  '/',
  '^',
  ',',
  ':',
  '@',
]

function readBraced(cursor: Cursor, parts: Part[], quoted: boolean): void {
  const { text } = cursor
  const start = cursor.at
  cursor.at += 2
  let op: string | undefined
  const first = text[cursor.at]
  if ((first === '#' || first === '!') && /[A-Za-z0-9_@*#?]/.test(text[cursor.at + 1] ?? '')) {
    op = first === '#' ? 'length' : '!'
    cursor.at++
  }
  const digits = /[0-9]+/y
  digits.lastIndex = cursor.at
  let name = nameAt(text, cursor.at) || (digits.exec(text)?.[0] ?? '')
  if (name === '' && /[@*#?$!-]/.test(text[cursor.at] ?? '')) name = text[cursor.at] as string
  cursor.at += name.length
  if (name === '') {
    if (cursor.at >= text.length) throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true)
    throw new SyntaxProblem(`${text.slice(start, text.indexOf('}', start) + 1 || undefined)}: bad substitution`)
  }
  let index: string | undefined
  if (text[cursor.at] === '[') {
    const end = text.indexOf(']', cursor.at)
    if (end < 0) throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true)
    index = text.slice(cursor.at + 1, end)
    cursor.at = end + 1
  }
  const head = { param: name, ...(index === undefined ? {} : { index }) }
  if (text[cursor.at] === '}') {
    cursor.at++
    parts.push(mark(op === undefined ? head : { ...head, op }, quoted))
    return
  }
  op = OPERATORS.find((operator) => text.startsWith(operator, cursor.at))
  if (op === undefined) {
    if (cursor.at >= text.length) throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true)
    throw new SyntaxProblem(`${text.slice(start, text.indexOf('}', start) + 1 || undefined)}: bad substitution`)
  }
  cursor.at += op.length
  const replaces = op.startsWith('/')
  const word = readInside(
    cursor,
    quoted,
    replaces ? new Set(['/', '}']) : op === ':' ? new Set([':', '}']) : new Set(['}']),
  )
  let word2: Word | undefined
  if (text[cursor.at] !== '}') {
    cursor.at++
    word2 = readInside(cursor, quoted, new Set(['}']))
  }
  if (text[cursor.at] !== '}') throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true)
  cursor.at++
  parts.push(mark({ ...head, op, word, ...(word2 ? { word2 } : {}) }, quoted))
}

function readInside(cursor: Cursor, quoted: boolean, stop: ReadonlySet<string>): Word {
  const word = readWord(cursor, stop) ?? []
  if (cursor.at >= cursor.text.length) throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true)
  return quoted ? word.map((part) => ('lit' in part ? part : { ...part, quoted: true as const })) : word
}

const ANSI: { readonly [c: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

function readAnsi(cursor: Cursor): string {
  let out = ''
  for (;;) {
    const c = cursor.text[cursor.at]
    if (c === undefined) throw new SyntaxProblem("unexpected EOF while looking for matching `''", true)
    cursor.at++
    if (c === "'") return out
    if (c !== '\\') {
      out += c
      continue
    }
    const hex = /x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})/y
    hex.lastIndex = cursor.at
    const found = hex.exec(cursor.text)
    if (found) {
      out += String.fromCodePoint(
        found[3] === undefined ? Number.parseInt((found[1] ?? found[2]) as string, 16) : Number.parseInt(found[3], 8),
      )
      cursor.at += found[0].length
      continue
    }
    const next = cursor.text[cursor.at++] ?? ''
    out += ANSI[next] ?? ('\'"\\?'.includes(next) ? next : `\\${next}`)
  }
}
