type Answer = { readonly text: string } | { readonly error: string }

/** Functions of a template by name: arguments in order, a piped value last. */
export type TemplateFunctions = Readonly<Record<string, (args: readonly unknown[]) => unknown>>

/** Where a scope keeps the functions that its user brought. */
const MORE = 'functions'

class TemplateProblem extends Error {}

type Node =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipe: string }
  | {
      readonly is: 'block'
      readonly word: 'range' | 'if' | 'with'
      readonly pipe: string
      readonly body: readonly Node[]
      readonly other: readonly Node[]
    }

/**
 * Prints a Go template over an object: fields, variables, range/if/with/else, pipes and the functions index, len, print(f), println,
 * eq, ne, lt, le, gt, ge, and, or, not, exists, base64decode, and those of `more`; fields that hold functions are methods.
 * Models: text/template as kubectl and docker use it; templates that define others are not.
 */
export function renderTemplate(template: string, data: unknown, more: TemplateFunctions = {}): Answer {
  try {
    const parser = new TemplateParser(template)
    const nodes = parser.nodes([])
    return {
      text: print(
        nodes,
        data,
        new Map<string, unknown>([
          ['$', data],
          [MORE, more],
        ]),
      ),
    }
  } catch (thrown) {
    if (thrown instanceof TemplateProblem) return { error: thrown.message }
    throw thrown
  }
}

class TemplateParser {
  private readonly pieces: readonly string[]
  private at = 0
  ended = ''

  constructor(template: string) {
    const trimmed = template.replace(/\s*\{\{- /g, '{{').replace(/ -\}\}\s*/g, '}}')
    this.pieces = trimmed.split(/(\{\{.*?\}\})/s)
  }

  nodes(until: readonly string[]): readonly Node[] {
    const out: Node[] = []
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++] as string
      if (!piece.startsWith('{{')) {
        if (piece !== '') out.push({ is: 'text', text: piece })
        continue
      }
      const inner = piece.slice(2, -2).trim()
      const word = inner.split(/\s+/)[0] ?? ''
      if (until.includes(word)) {
        this.ended = inner
        return out
      }
      if (inner.startsWith('/*')) continue
      if (word === 'range' || word === 'if' || word === 'with') {
        out.push(this.block(word, inner.slice(word.length).trim()))
      } else if (word === 'end' || word === 'else')
        throw new TemplateProblem(`error parsing template: unexpected {{${word}}}`)
      else out.push({ is: 'print', pipe: inner })
    }
    if (until.length > 0) throw new TemplateProblem('error parsing template: unexpected EOF')
    return out
  }

  private block(word: 'range' | 'if' | 'with', pipe: string): Node {
    const body = this.nodes(['end', 'else'])
    if (this.ended === 'end') return { is: 'block', word, pipe, body, other: [] }
    const more = this.ended.slice(4).trim()
    if (more.startsWith('if '))
      return { is: 'block', word, pipe, body, other: [this.block('if', more.slice(3).trim())] }
    return { is: 'block', word, pipe, body, other: this.nodes(['end']) }
  }
}

type Scope = Map<string, unknown>

function print(nodes: readonly Node[], dot: unknown, scope: Scope): string {
  let out = ''
  for (const node of nodes) {
    if (node.is === 'text') out += node.text
    else if (node.is === 'print') {
      const value = evaluate(node.pipe, dot, scope)
      if (value !== NOTHING) out += show(value)
    } else out += printBlock(node, dot, scope)
  }
  return out
}

function printBlock({ word, pipe, body, other }: Node & { is: 'block' }, dot: unknown, scope: Scope): string {
  const named = /^(\$\w+)(?:\s*,\s*(\$\w+))?\s*:=\s*(.*)$/s.exec(pipe)
  const value = evaluate(named?.[3] ?? pipe, dot, scope)
  if (word !== 'range') {
    if (!truthy(value)) return print(other, dot, new Map(scope))
    const inner: Scope = new Map(scope)
    if (named?.[1]) inner.set(named[1], value)
    return print(body, word === 'with' ? value : dot, inner)
  }
  const entries: (readonly [unknown, unknown])[] = Array.isArray(value)
    ? value.map((item, i) => [i, item] as const)
    : isObject(value)
      ? Object.keys(value)
          .sort()
          .map((key) => [key, value[key]] as const)
      : []
  if (entries.length === 0) return print(other, dot, new Map(scope))
  return entries
    .map(([key, item]) => {
      const inner: Scope = new Map(scope)
      if (named?.[2]) inner.set(named[1] as string, key).set(named[2], item)
      else if (named?.[1]) inner.set(named[1], item)
      return print(body, item, inner)
    })
    .join('')
}

const NOTHING = Symbol('nothing')

function evaluate(pipe: string, dot: unknown, scope: Scope): unknown {
  const assigned = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(pipe)
  if (assigned) {
    scope.set(assigned[1] as string, evaluate(assigned[2] as string, dot, scope))
    return NOTHING
  }
  let value: unknown = NOTHING
  for (const part of splitOutside(pipe, '|')) {
    const words = splitOutside(part.trim(), ' ').filter((word) => word !== '')
    const [name = '', ...rest] = words
    const args = rest.map((word) => operand(word, dot, scope))
    if (value !== NOTHING) args.push(value)
    const call = functionOf(name, scope)
    const method = call || args.length === 0 || !/^[.$]/.test(name) ? undefined : operand(name, dot, scope)
    if (call) value = call(args)
    else if (typeof method === 'function') value = method(...args)
    else if (args.length > 0) throw new TemplateProblem(`error parsing template: function "${name}" not defined`)
    else value = operand(name, dot, scope)
  }
  return value
}

function operand(word: string, dot: unknown, scope: Scope): unknown {
  const grouped = /^\((.*)\)((?:\.\w+)*)$/s.exec(word)
  if (grouped) return follow(evaluate(grouped[1] as string, dot, scope), grouped[2] as string)
  if (/^".*"$/s.test(word)) return JSON.parse(word)
  if (/^`.*`$/s.test(word)) return word.slice(1, -1)
  if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word)
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'nil') return null
  if (word === '.') return dot
  if (word.startsWith('$')) {
    const cut = word.indexOf('.')
    return follow(scope.get(cut < 0 ? word : word.slice(0, cut)), cut < 0 ? '' : word.slice(cut))
  }
  if (word.startsWith('.')) return follow(dot, word)
  const call = functionOf(word, scope)
  if (call) return call([])
  throw new TemplateProblem(`error parsing template: function "${word}" not defined`)
}

function functionOf(name: string, scope: Scope): ((args: readonly unknown[]) => unknown) | undefined {
  return (scope.get(MORE) as TemplateFunctions | undefined)?.[name] ?? FUNCTIONS[name]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function follow(value: unknown, path: string): unknown {
  let here = value
  for (const key of path.split('.').filter((one) => one !== '')) here = isObject(here) ? here[key] : undefined
  return here
}

function truthy(value: unknown): boolean {
  if (value === undefined || value === null || value === NOTHING || value === false || value === 0 || value === '')
    return false
  if (Array.isArray(value)) return value.length > 0
  return !isObject(value) || Object.keys(value).length > 0
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`
  if (isObject(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${show(value[key])}`)
      .join(' ')}]`
  return String(value)
}

const compare = (args: readonly unknown[]): number => {
  const [a, b] = args
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a) < String(b)
      ? -1
      : String(a) > String(b)
        ? 1
        : 0
}

const FUNCTIONS: TemplateFunctions = {
  index: ([value, ...keys]) =>
    keys.reduce(
      (here: unknown, key) =>
        Array.isArray(here) ? here[Number(key)] : isObject(here) ? here[String(key)] : undefined,
      value,
    ),
  len: ([value]) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys((value ?? {}) as object).length,
  print: (args) => args.map(show).join(' '),
  println: (args) => `${args.map(show).join(' ')}\n`,
  printf: ([format, ...args]) => formatted(String(format), args),
  eq: ([a, ...rest]) => rest.some((one) => one === a),
  ne: ([a, b]) => a !== b,
  lt: (args) => compare(args) < 0,
  le: (args) => compare(args) <= 0,
  gt: (args) => compare(args) > 0,
  ge: (args) => compare(args) >= 0,
  and: (args) => args.find((one) => !truthy(one)) ?? args.at(-1),
  or: (args) => args.find(truthy) ?? args.at(-1),
  not: ([value]) => !truthy(value),
  exists: ([value, ...keys]) => follow(value, `.${keys.map(String).join('.')}`) !== undefined,
  base64decode: ([value]) => atob(String(value)),
}

function formatted(format: string, args: readonly unknown[]): string {
  let at = 0
  return format.replace(/%(-?\d*)([%svdqt])/g, (_, width: string, verb: string) => {
    if (verb === '%') return '%'
    const value = args[at++]
    const text = verb === 'q' ? JSON.stringify(show(value)) : show(value)
    return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width || 0))
  })
}

/** Splits outside quotes and brackets. */
function splitOutside(text: string, at: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let part = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (quote !== '') {
      if (c === '\\' && quote === '"') {
        part += c + (text[++i] ?? '')
        continue
      }
      if (c === quote) quote = ''
    } else if (c === '"' || c === '`') quote = c
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === at && depth === 0) {
      parts.push(part)
      part = ''
      continue
    }
    part += c
  }
  return [...parts, part]
}
