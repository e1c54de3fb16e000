import type { Json } from '../../../kernel/index.ts'

/** Whether a log message matches; and the values that its parts give to a metric filter. */
export interface LogPattern {
  readonly matches: (message: string) => boolean
  /** The value of `$.field` or `$name` in a message. */
  readonly value: (message: string, name: string) => string | undefined
}

/**
 * Reads a filter pattern: terms, `-term`, `?term`, `"phrase"`, `%regex%`, `{ $.field = value }` and `[a, b = value, ...]`.
 * Answers undefined for one that is none. Models: CloudWatch Logs user guide, FilterAndPatternSyntax.
 */
export function readPattern(text: string): LogPattern | undefined {
  const pattern = text.trim()
  if (pattern === '') return { matches: () => true, value: () => undefined }
  if (pattern.startsWith('{')) return jsonPattern(pattern)
  if (pattern.startsWith('[')) return columnPattern(pattern)
  const terms = pattern.match(/[-?]?"(?:\\.|[^"\\])*"|[-?]?%[^%]*%|[^\s"]+/g)
  if (!terms || terms.join('').length < pattern.replace(/\s/g, '').length - 2) return undefined
  const plain = terms.map((term) => {
    const sign = /^[-?]/.test(term) && term.length > 1 ? term[0] : ''
    const word = sign === '' ? term : term.slice(1)
    if (/^%.*%$/.test(word)) {
      const regex = safe(word.slice(1, -1))
      return { sign, has: (message: string) => regex?.test(message) ?? false }
    }
    const wanted = word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word
    return { sign, has: (message: string) => message.includes(wanted) }
  })
  const any = plain.filter(({ sign }) => sign === '?')
  const matches = (message: string) =>
    plain.every(({ sign, has }) => (sign === '-' ? !has(message) : sign === '?' || has(message))) &&
    (any.length === 0 || any.some(({ has }) => has(message)))
  return { matches, value: () => undefined }
}

function safe(source: string): RegExp | undefined {
  try {
    return new RegExp(source)
  } catch {
    return undefined
  }
}

function jsonPattern(text: string): LogPattern | undefined {
  const tokens = text
    .slice(1, -1)
    .match(/\$[.\w[\]*-]+|"(?:\\.|[^"\\])*"|&&|\|\||!=|>=|<=|[=<>()]|NOT EXISTS|IS|[^\s()=<>!&|"]+/g)
  if (!tokens || !text.endsWith('}')) return undefined
  let at = 0
  let broken = false
  type Test = (document: Json) => boolean
  const or = (): Test => {
    let left = and()
    while (tokens[at] === '||') {
      at++
      const [a, b] = [left, and()]
      left = (document) => a(document) || b(document)
    }
    return left
  }
  const and = (): Test => {
    let left = one()
    while (tokens[at] === '&&') {
      at++
      const [a, b] = [left, one()]
      left = (document) => a(document) && b(document)
    }
    return left
  }
  const one = (): Test => {
    if (tokens[at] === '(') {
      at++
      const inner = or()
      if (tokens[at++] !== ')') broken = true
      return inner
    }
    const path = tokens[at++] ?? ''
    if (!path.startsWith('$')) broken = true
    const sign = tokens[at++] ?? ''
    if (sign === 'NOT EXISTS') return (document) => pick(document, path) === undefined
    const raw = tokens[at++]
    if (raw === undefined) broken = true
    const wanted = (raw ?? '').replace(/^"(.*)"$/s, '$1')
    if (sign === 'IS')
      return (document) => {
        const found = pick(document, path)
        return wanted.toUpperCase() === 'NULL' ? found === null : String(found) === wanted.toLowerCase()
      }
    return (document) => {
      const found = pick(document, path)
      if (found === undefined || found === null) return false
      if (sign === '=') return glob(wanted, String(found))
      if (sign === '!=') return !glob(wanted, String(found))
      const [a, b] = [Number(found), Number(wanted)]
      return sign === '>' ? a > b : sign === '<' ? a < b : sign === '>=' ? a >= b : sign === '<=' ? a <= b : false
    }
  }
  const test = or()
  if (broken || at < tokens.length) return undefined
  const parsed = (message: string): Json | undefined => {
    try {
      return JSON.parse(message) as Json
    } catch {
      return undefined
    }
  }
  return {
    matches: (message) => {
      const document = parsed(message)
      return document !== undefined && test(document)
    },
    value: (message, name) => {
      const found = pick(parsed(message) ?? null, name)
      return found === undefined || found === null ? undefined : String(found)
    },
  }
}

function pick(document: Json, path: string): Json | undefined {
  let value: Json | undefined = document
  for (const part of path.replace(/^\$\.?/, '').match(/[\w-]+|\*/g) ?? []) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as { readonly [key: string]: Json | undefined })[part]
  }
  return value
}

function glob(pattern: string, text: string): boolean {
  if (!pattern.includes('*'))
    return pattern === text || (Number(pattern) === Number(text) && pattern !== '' && text !== '')
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text)
}

function columnPattern(text: string): LogPattern | undefined {
  if (!text.endsWith(']')) return undefined
  const columns = text
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim())
  const rest = columns.indexOf('...')
  const values = (message: string): readonly string[] =>
    (message.match(/\[[^\]]*\]|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^["[](.*)["\]]$/, '$1'))
  const aligned = (message: string): ReadonlyMap<string, string> | undefined => {
    const found = values(message)
    if (rest < 0 ? found.length !== columns.length : found.length < columns.length - 1) return undefined
    const names = columns.filter((column) => column !== '...')
    const map = new Map<string, string>()
    names.forEach((column, i) => {
      const at = rest >= 0 && i >= rest ? found.length - (names.length - i) : i
      map.set(/^\w+/.exec(column)?.[0] ?? column, found[at] ?? '')
    })
    return map
  }
  return {
    matches: (message) => {
      const map = aligned(message)
      if (!map) return false
      return columns.every((column) => {
        const [, name = '', sign, wanted = ''] = /^(\w+)\s*(=|!=|>=|<=|>|<)\s*(.+)$/.exec(column) ?? []
        if (sign === undefined) return true
        const value = map.get(name) ?? ''
        const plain = wanted.replace(/^"(.*)"$/, '$1')
        if (sign === '=') return glob(plain, value)
        if (sign === '!=') return !glob(plain, value)
        const [a, b] = [Number(value), Number(plain)]
        return sign === '>' ? a > b : sign === '<' ? a < b : sign === '>=' ? a >= b : a <= b
      })
    },
    value: (message, name) => aligned(message)?.get(name.replace(/^\$/, '')),
  }
}
