import { cleanPath, trimSpace } from './go.ts'

/** Patterns that leave paths out. Paths are relative, with slashes. Models: github.com/moby/patternmatcher */
export class PatternMatcher {
  /** Whether some pattern takes paths back in. */
  readonly hasExceptions: boolean
  readonly patterns: readonly Pattern[]

  /** Throws an Error in Go's words for a pattern that is none. */
  constructor(patterns: readonly string[]) {
    this.patterns = patterns.flatMap((text) => patternOf(text) ?? [])
    this.hasExceptions = this.patterns.some((pattern) => pattern.exception)
  }

  /** Whether a path, or a folder that it is in, is left out and not taken back in after. */
  matches(path: string): boolean {
    let matched = false
    const folders = parents(path)
    for (const pattern of this.patterns) {
      if (pattern.exception !== matched) continue
      if (pattern.test(path) || folders.some((folder) => pattern.test(folder))) matched = !pattern.exception
    }
    return matched
  }
}

/** One pattern. `exception` is for `!...`. */
interface Pattern {
  readonly text: string
  readonly exception: boolean
  readonly test: (path: string) => boolean
}

/** The patterns of a `.dockerignore`. Models: patternmatcher/ignorefile */
export function ignorePatterns(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((row) => {
      if (row.startsWith('#')) return []
      const line = trimSpace(row)
      if (line === '') return []
      const exception = line.startsWith('!')
      let pattern = exception ? trimSpace(line.slice(1)) : line
      if (pattern !== '') pattern = cleanPath(pattern)
      if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1)
      return [exception ? `!${pattern}` : pattern]
    })
}

function patternOf(written: string): Pattern | undefined {
  const trimmed = trimSpace(written)
  if (trimmed === '') return undefined
  let text = cleanPath(trimmed)
  const exception = text.startsWith('!')
  if (exception) {
    if (text.length === 1) throw new Error('illegal exclusion pattern: "!"')
    text = text.slice(1)
  }
  if (!isPattern(text)) throw new Error('syntax error in pattern')
  return { text, exception, test: compiled(text) }
}

function parents(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'))
}

function compiled(pattern: string): (path: string) => boolean {
  let source = '^'
  let sort: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact'
  const letters = [...pattern]
  for (let at = 0, i = 0; at < letters.length; i++) {
    const letter = letters[at++] as string
    if (letter === '*' && letters[at] === '*') {
      at++
      if (letters[at] === '/') at++
      if (at >= letters.length) {
        if (sort === 'exact') sort = 'prefix'
        else {
          source += '.*'
          sort = 'expression'
        }
      } else {
        source += '(.*/)?'
        sort = 'expression'
      }
      if (i === 0) sort = 'suffix'
    } else if (letter === '*') {
      source += '[^/]*'
      sort = 'expression'
    } else if (letter === '?') {
      source += '[^/]'
      sort = 'expression'
    } else if ('.+()|{}$'.includes(letter)) source += `\\${letter}`
    else if (letter === '\\') {
      const next = letters[at++]
      source += next === undefined ? '\\\\' : /[a-zA-Z0-9]/.test(next) ? next : `\\${next}`
      if (next !== undefined) sort = 'expression'
    } else {
      source += letter === '/' ? '\\/' : letter
      if (letter === '[' || letter === ']') sort = 'expression'
    }
  }
  if (sort === 'exact') return (path) => path === pattern
  if (sort === 'prefix') {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  if (sort === 'suffix') {
    const suffix = pattern.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  try {
    const expression = new RegExp(`${source}$`)
    return (path) => expression.test(path)
  } catch {
    throw new Error('syntax error in pattern')
  }
}

/** Whether a pattern is well formed. Models: the errors of filepath.Match. */
export function isPattern(pattern: string): boolean {
  const letters = [...pattern]
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]
    if (letter === '\\') {
      if (++at >= letters.length) return false
    } else if (letter === '[') {
      at++
      if (letters[at] === '^') at++
      let ranges = 0
      for (;;) {
        if (at >= letters.length) return false
        if (letters[at] === ']' && ranges > 0) break
        for (let i = 0; i < 2; i++) {
          if (letters[at] === undefined || letters[at] === '-' || letters[at] === ']') return false
          if (letters[at] === '\\') at++
          if (letters[at] === undefined) return false
          at++
          if (i === 0 && letters[at] === '-') at++
          else break
        }
        ranges++
      }
    }
  }
  return true
}
