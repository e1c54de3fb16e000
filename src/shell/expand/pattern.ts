/** Text that matches itself in a pattern. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}

/** Whether a pattern has a wildcard that is not escaped. */
export function isPattern(pattern: string): boolean {
  return /(^|[^\\])(\\\\)*[*?[]/.test(pattern)
}

/** A pattern without its escapes: the text that it would match if it has no wildcards. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1')
}

/** The regular expression source of a shell pattern. With `path`, wildcards do not cross `/`. */
export function patternSource(pattern: string, { path = false, lazy = false } = {}): string {
  const any = path ? '[^/]' : '[\\s\\S]'
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at] as string
    if (c === '\\' && at + 1 < pattern.length) source += literal(pattern[++at] as string)
    else if (c === '*') {
      while (pattern[at + 1] === '*') at++
      source += `${any}*${lazy ? '?' : ''}`
    } else if (c === '?') source += any
    else if (c === '[') {
      const set = bracket(pattern, at)
      if (set) {
        source += set.source
        at = set.end
      } else source += '\\['
    } else source += literal(c)
  }
  return source
}

/** Whether the whole of `text` matches a pattern. */
export function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${patternSource(pattern)}$`).test(text)
}

function literal(c: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c
}

/** POSIX classes as the inside of a JavaScript bracket. */
export const CLASSES: { readonly [name: string]: string } = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
  cntrl: '\\x00-\\x1f\\x7f',
}

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let at = start + 1
  let inside = ''
  const negated = pattern[at] === '!' || pattern[at] === '^'
  if (negated) at++
  for (let first = true; ; first = false, at++) {
    const c = pattern[at]
    if (c === undefined) return undefined
    if (c === ']' && !first) break
    if (c === '[' && pattern[at + 1] === ':') {
      const end = pattern.indexOf(':]', at)
      const known = end < 0 ? undefined : CLASSES[pattern.slice(at + 2, end)]
      if (known !== undefined) {
        inside += known
        at = end + 1
        continue
      }
    }
    if (c === '\\' && at + 1 < pattern.length) inside += `\\${pattern[++at]}`
    else inside += c === ']' || c === '[' || c === '\\' || c === '^' ? `\\${c}` : c
  }
  try {
    const source = `[${negated ? '^' : ''}${inside}]`
    new RegExp(source)
    return { source, end: at }
  } catch {
    return undefined
  }
}
