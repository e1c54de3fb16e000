import type { Parameter, Word } from '../parse/ast.ts'
import type { Expansion } from './expansion.ts'
import { patternSource } from './pattern.ts'
import { ExpansionProblem } from './problem.ts'

/** The values of a parameter: one, or for `"$@"` and the like as many as there are elements. */
export function parameter(part: Parameter, expansion: Expansion): readonly string[] {
  const { param, index, op } = part
  const all = param === '@' || param === '*' || index === '@' || index === '*'
  if (all) {
    const items = index === undefined ? expansion.shell.positional : (expansion.list(param) ?? [])
    if (op === 'length') return [String(items.length)]
    if (op === '!') return items.map((_, i) => String(i))
    if (op === ':') return spread(part, slice(items, part, expansion, index === undefined))
    if (op !== undefined && items.length > 0 && !DEFAULTS.has(op))
      return spread(
        part,
        items.map((item) => edit(item, part, expansion)),
      )
    if (op === undefined || !DEFAULTS.has(op) || items.length > 0 !== op.endsWith('+')) return spread(part, items)
  }
  const name = index === undefined ? param : `${param}[${index}]`
  const value = all ? undefined : expansion.scalar(name)
  if (op === '!') {
    const to = value ?? ''
    return to === '' ? [] : one(expansion.scalar(to), part)
  }
  if (op === 'length') return [String([...(value ?? '')].length)]
  if (op !== undefined && DEFAULTS.has(op)) return withDefault(name, value, part, expansion)
  if (value === undefined) {
    if (expansion.shell.options['u'] && !all) throw new ExpansionProblem(`${name}: unbound variable`, true)
    return one(undefined, part)
  }
  if (op === undefined) return [value]
  if (op === ':') return [slice([...value], part, expansion, false).join('')]
  return [edit(value, part, expansion)]
}

const DEFAULTS = new Set([':-', '-', ':=', '=', ':?', '?', ':+', '+'])

function one(value: string | undefined, part: Parameter): readonly string[] {
  return value === undefined ? (part.quoted ? [''] : []) : [value]
}

function spread(part: Parameter, items: readonly string[]): readonly string[] {
  return part.quoted && (part.param === '*' || part.index === '*') ? [items.join(' ')] : items
}

function withDefault(
  name: string,
  value: string | undefined,
  part: Parameter,
  expansion: Expansion,
): readonly string[] {
  const op = part.op as string
  const missing = value === undefined || (op.startsWith(':') && value === '')
  if (op.endsWith('+')) return missing ? one(undefined, part) : [expansion.text(part.word ?? [])]
  if (!missing) return [value as string]
  if (op.endsWith('?')) {
    const says = expansion.text(part.word ?? [])
    throw new ExpansionProblem(
      `${name}: ${says || (op === ':?' ? 'parameter null or not set' : 'parameter not set')}`,
      true,
    )
  }
  const text =
    part.quoted || op.endsWith('=') ? [expansion.text(part.word ?? [])] : defaultFields(part.word ?? [], expansion)
  if (op.endsWith('=')) expansion.set(name, text[0] ?? '')
  return text
}

function defaultFields(word: Word, expansion: Expansion): readonly string[] {
  return word.some((piece) => 'param' in piece && piece.param === '@')
    ? expansion.arguments([word])
    : [expansion.text(word)]
}

function slice<T>(items: readonly T[], part: Parameter, expansion: Expansion, positional: boolean): readonly T[] {
  const of = (word: Word | undefined): number => (word ? expansion.arithmetic(expansion.text(word)) : 0)
  let start = of(part.word)
  if (positional && start > 0) start--
  if (start < 0) start = items.length + start
  if (start < 0) return []
  if (!part.word2) return items.slice(start)
  const length = of(part.word2)
  return length < 0 ? items.slice(start, items.length + length) : items.slice(start, start + length)
}

function edit(value: string, part: Parameter, expansion: Expansion): string {
  const op = part.op as string
  const pattern = expansion.pattern(part.word ?? [])
  switch (op) {
    case '#':
    case '##': {
      const found = new RegExp(`^${patternSource(pattern, { lazy: op === '#' })}`).exec(value)
      return found ? value.slice(found[0].length) : value
    }
    case '%':
    case '%%':
      return cutEnd(value, pattern, op === '%%')
    case '^^':
    case ',,':
      return value.replace(new RegExp(pattern === '' ? '[\\s\\S]' : patternSource(pattern), 'g'), (c) =>
        op === '^^' ? c.toUpperCase() : c.toLowerCase(),
      )
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1)
    case ',':
      return value.slice(0, 1).toLowerCase() + value.slice(1)
    case '@': {
      if (pattern === 'Q') return `'${value.replaceAll("'", "'\\''")}'`
      return pattern === 'U' ? value.toUpperCase() : pattern === 'L' ? value.toLowerCase() : value
    }
    case '/':
    case '//':
    case '/#':
    case '/%': {
      if (pattern === '') return value
      const source = patternSource(pattern)
      const regex =
        op === '/#'
          ? new RegExp(`^${source}`)
          : op === '/%'
            ? new RegExp(`${source}$`)
            : new RegExp(source, op === '//' ? 'g' : '')
      const by = part.word2 ? expansion.text(part.word2) : ''
      return value.replace(regex, () => by)
    }
    default:
      return value
  }
}

function cutEnd(value: string, pattern: string, longest: boolean): string {
  const regex = new RegExp(`^${patternSource(pattern)}$`)
  const starts = Array.from({ length: value.length + 1 }, (_, i) => (longest ? i : value.length - i))
  const start = starts.find((at) => regex.test(value.slice(at)))
  return start === undefined ? value : value.slice(0, start)
}
