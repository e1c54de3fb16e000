import { Problem } from '../cli/problem.ts'

type Env = { readonly [name: string]: string | undefined }

/** What a text with variables comes to, and the names that were not set. */
export interface Interpolated {
  readonly text: string
  readonly unset: readonly string[]
}

/** Replaces variables in a text: `$NAME`, `${NAME:-default}` and the like, `$$`. Models: compose-go template/template.go */
export function interpolate(text: string, env: Env, where: string): Interpolated {
  if (!text.includes('$')) return { text, unset: [] }
  const unset: string[] = []
  const wrong = (): Problem =>
    new Problem(`invalid interpolation format for ${where}.\nYou may need to escape any $ with another $.\n${text}`)
  const expand = (source: string): string => {
    let out = ''
    for (let at = 0; at < source.length; ) {
      const dollar = source.indexOf('$', at)
      if (dollar < 0) return out + source.slice(at)
      out += source.slice(at, dollar)
      const next = source[dollar + 1]
      if (next === '$') {
        out += '$'
        at = dollar + 2
        continue
      }
      const plain = /^[_a-zA-Z][_a-zA-Z0-9]*/.exec(source.slice(dollar + 1))
      if (plain) {
        out += value(plain[0])
        at = dollar + 1 + plain[0].length
        continue
      }
      if (next !== '{') throw wrong()
      const end = closing(source, dollar + 2)
      const inner = /^([_a-zA-Z][_a-zA-Z0-9]*)(?:(:?[-?+])(.*))?$/s.exec(source.slice(dollar + 2, end))
      if (end < 0 || !inner) throw wrong()
      out += braced(inner[1] as string, inner[2], inner[3] ?? '')
      at = end + 1
    }
    return out
  }
  const value = (name: string): string => {
    const found = env[name]
    if (found === undefined) unset.push(name)
    return found ?? ''
  }
  const braced = (name: string, operator: string | undefined, rest: string): string => {
    const found = env[name]
    const there = found !== undefined && (operator?.startsWith(':') ? found !== '' : true)
    if (operator === undefined) return value(name)
    if (operator.endsWith('-')) return there ? (found as string) : expand(rest)
    if (operator.endsWith('+')) return there ? expand(rest) : ''
    if (there) return found as string
    throw new Problem(
      `error while interpolating ${where}: required variable ${name} is missing a value${rest === '' ? '' : `: ${expand(rest)}`}`,
    )
  }
  return { text: expand(text), unset }
}

/** Where the bracket that was opened before `from` closes. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{' && text[i - 1] === '$') depth++
    if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

/** Replaces variables in all texts of a tree; keys stay. */
export function interpolateTree(value: unknown, env: Env, where: string, unset: Set<string>): unknown {
  if (typeof value === 'string') {
    const done = interpolate(value, env, where)
    for (const name of done.unset) unset.add(name)
    return done.text === value ? value : typed(done.text)
  }
  if (Array.isArray(value)) return value.map((one, i) => interpolateTree(one, env, `${where}[${i}]`, unset))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        interpolateTree(one, env, where === '' ? key : `${where}.${key}`, unset),
      ]),
    )
  return value
}

/** A replaced text that is a truth value or a number stays one. */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text
}

/** The variables of a `.env` file. Models: compose-go dotenv */
export function readDotEnv(text: string, env: Env = {}): { readonly [name: string]: string } {
  const found: { [name: string]: string } = {}
  for (const match of text.matchAll(
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:[=:][ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[^\n]*))?$/gm,
  )) {
    const [, name = '', raw] = match
    if (raw === undefined) {
      if (env[name] !== undefined) found[name] = env[name] as string
      continue
    }
    const text = raw.trim()
    if (text.startsWith("'")) found[name] = text.slice(1, -1)
    else {
      const bare = text.startsWith('"')
        ? text.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\"', '"')
        : text.replace(/\s+#.*$/, '').trim()
      found[name] = interpolate(bare, { ...found, ...env }, name).text
    }
  }
  return found
}
