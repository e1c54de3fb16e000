/** What Go counts as a space. Models: unicode.IsSpace. */
export const SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const ONE = new RegExp(`^[${SPACE}]$`)
const LEADING = new RegExp(`^[${SPACE}]+`)
const TRAILING = new RegExp(`[${SPACE}]+$`)

export function isSpace(letter: string): boolean {
  return ONE.test(letter)
}

export function trimSpace(text: string): string {
  return text.replace(LEADING, '').replace(TRAILING, '')
}

export function trimLeft(text: string): string {
  return text.replace(LEADING, '')
}

/** A text in quotes, as Go's `%q` prints it. Models: strconv.Quote. */
export function quoted(text: string): string {
  let out = '"'
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    const short = ESCAPES[letter]
    if (short !== undefined) out += short
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code > 0x7f && !PRINTABLE.test(letter))
      out += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
    else out += letter
  }
  return `${out}"`
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u
const ESCAPES: { readonly [letter: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** A list of texts as Go's `%q` prints it. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(' ')}]`
}

/** The shortest path that means the same. Models: path.Clean. */
export function cleanPath(path: string): string {
  if (path === '') return '.'
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  const clean = `${rooted ? '/' : ''}${parts.join('/')}`
  return clean === '' ? '.' : clean
}
