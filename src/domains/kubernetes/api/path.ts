import { goJson, isObject } from './loose.ts'
import { type PathNode, parsePath } from './pathParser.ts'

/** A template that has been parsed, or kubectl's words for what is wrong with it (`error: ` not included). */
export type PathAnswer = { readonly nodes: readonly PathNode[] } | { readonly error: string }

/** Prints a template over `data`: results of one expression are joined by spaces. Missing keys print nothing unless `strict`. */
export function printJsonPath(
  template: string,
  data: unknown,
  strict = false,
): { readonly text: string } | { readonly error: string } {
  const parsed = parsePath(template)
  if ('error' in parsed) return { error: `error parsing jsonpath ${template}, ${parsed.error}` }
  try {
    return { text: printNodes(parsed.nodes, data, data, strict) }
  } catch (thrown) {
    if (thrown instanceof PathProblem) return { error: thrown.message }
    throw thrown
  }
}

/** The values that one relaxed expression (`.metadata.name`, `{.metadata.name}`, `metadata.name`) selects. */
export function selectValues(
  expression: string,
  data: unknown,
): { readonly values: readonly unknown[] } | { readonly error: string } {
  const relaxed = relaxExpression(expression)
  if ('error' in relaxed) return relaxed
  const parsed = parsePath(relaxed.template)
  if ('error' in parsed) return { error: parsed.error }
  try {
    const values = parsed.nodes.flatMap((node) =>
      node.kind === 'list' ? evaluate(node.nodes, [data], data, false) : [],
    )
    return { values }
  } catch (thrown) {
    if (thrown instanceof PathProblem) return { error: thrown.message }
    throw thrown
  }
}

/** Turns `x.y`, `.x.y`, `{x.y}` and `{.x.y}` into `{.x.y}`. Models: kubectl RelaxedJSONPathExpression. */
export function relaxExpression(expression: string): { readonly template: string } | { readonly error: string } {
  if (expression === '') return { template: '' }
  const hit = /^\{?\.?([^{}]+)\}?$/.exec(expression)
  const inner = hit?.[1]
  const open = expression.startsWith('{')
  if (inner === undefined || open !== expression.endsWith('}')) {
    return {
      error: `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    }
  }
  return { template: `{.${inner}}` }
}

class PathProblem extends Error {}

function printNodes(nodes: readonly PathNode[], data: unknown, root: unknown, strict: boolean): string {
  let out = ''
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (!node) break
    if (node.kind === 'text') out += node.text
    else if (node.kind === 'list') {
      const [first] = node.nodes
      if (first?.kind === 'word' && first.name === 'range') {
        const end = matchingEnd(nodes, i)
        for (const item of evaluate(node.nodes.slice(1), [data], root, strict)) {
          out += printNodes(nodes.slice(i + 1, end), item, root, strict)
        }
        i = end
      } else if (first?.kind === 'word' && first.name === 'end') throw new PathProblem('not in range, nothing to end')
      else if (first?.kind === 'string')
        out += node.nodes.map((part) => (part.kind === 'string' ? part.text : '')).join('')
      else out += evaluate(node.nodes, [data], root, strict).map(show).join(' ')
    }
  }
  return out
}

function matchingEnd(nodes: readonly PathNode[], start: number): number {
  let depth = 0
  for (let i = start; i < nodes.length; i++) {
    const node = nodes[i]
    const first = node?.kind === 'list' ? node.nodes[0] : undefined
    if (first?.kind !== 'word') continue
    if (first.name === 'range') depth++
    if (first.name === 'end' && --depth === 0) return i
  }
  return nodes.length
}

function evaluate(
  nodes: readonly PathNode[],
  start: readonly unknown[],
  root: unknown,
  strict: boolean,
): readonly unknown[] {
  let values = start
  for (const node of nodes) values = step(node, values, root, strict)
  return values
}

function step(node: PathNode, values: readonly unknown[], root: unknown, strict: boolean): readonly unknown[] {
  switch (node.kind) {
    case 'root':
      return [root]
    case 'current':
      return values
    case 'field':
      return values.flatMap((value) => field(value, node.name, strict))
    case 'wildcard':
      return values.flatMap((value) => children(value))
    case 'recursive':
      return values.flatMap(descendants)
    case 'slice':
      return values.flatMap((value) => slice(value, node.from, node.to, node.step))
    case 'union':
      return node.paths.flatMap((path) => evaluate(path, values, root, strict))
    case 'filter':
      return values.flatMap((value) => {
        if (!Array.isArray(value))
          throw new PathProblem(`${goShape(value)} is not array or slice and cannot be filtered`)
        return value.filter((item) => passes(node, item, root, strict))
      })
    case 'string':
      return [node.text]
    case 'number':
      return [node.value]
    case 'bool':
      return [node.value]
    case 'list':
      return evaluate(node.nodes, values, root, strict)
    default:
      throw new PathProblem(`unrecognized identifier ${node.kind === 'word' ? node.name : ''}`)
  }
}

function field(value: unknown, name: string, strict: boolean): readonly unknown[] {
  if (value === null || value === undefined) return []
  if (isObject(value)) {
    const found = value[name]
    if (found !== undefined) return [found]
  }
  if (strict) throw new PathProblem(`${name} is not found`)
  return []
}

function children(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value)
    ? Object.keys(value)
        .sort()
        .map((key) => value[key])
    : []
}

/** The value and all that is inside it, parents first. */
function descendants(value: unknown): readonly unknown[] {
  return [
    value,
    ...children(value).flatMap((child) => (typeof child === 'object' && child !== null ? descendants(child) : [])),
  ]
}

function slice(
  value: unknown,
  from: number | undefined,
  to: number | undefined,
  by: number | undefined,
): readonly unknown[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new PathProblem(`${goShape(value)} is not array or slice`)
  const length = value.length
  const single = by === 0
  const start = from === undefined ? 0 : from < 0 ? from + length : from
  if (single) {
    if (start < 0 || start >= length) {
      throw new PathProblem(`array index out of bounds: index ${from}, length ${length}`)
    }
    return [value[start]]
  }
  const end = Math.min(length, to === undefined ? length : to < 0 ? to + length : to)
  const out: unknown[] = []
  const stride = by ?? 1
  if (stride <= 0) throw new PathProblem('step must be > 0')
  for (let i = Math.max(0, start); i < end; i += stride) out.push(value[i])
  return out
}

function passes(node: PathNode & { kind: 'filter' }, item: unknown, root: unknown, strict: boolean): boolean {
  const left = operand(node.left, item, root, strict)
  if (node.operator === 'exists') return left.length > 0
  const right = operand(node.right, item, root, strict)
  if (left.length === 0 || right.length === 0) return false
  if (left.length > 1 || right.length > 1) throw new PathProblem('can only compare one element at a time')
  const [a] = left
  const [b] = right
  if (node.operator === '==') return equal(a, b)
  if (node.operator === '!=') return !equal(a, b)
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string'))
    throw new PathProblem('incompatible types for comparison')
  const order = a < (b as typeof a) ? -1 : a > (b as typeof a) ? 1 : 0
  if (node.operator === '<') return order < 0
  if (node.operator === '<=') return order <= 0
  return node.operator === '>' ? order > 0 : order >= 0
}

function operand(nodes: readonly PathNode[], item: unknown, root: unknown, strict: boolean): readonly unknown[] {
  try {
    return evaluate(nodes, [item], root, strict)
  } catch (thrown) {
    if (thrown instanceof PathProblem && thrown.message.endsWith('is not found')) return []
    throw thrown
  }
}

function equal(a: unknown, b: unknown): boolean {
  return typeof a === typeof b ? a === b : false
}

/** How a value prints: text as it is, everything else as JSON. */
function show(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? goJson(value) : String(value)
}

function goShape(value: unknown): string {
  return typeof value === 'object' ? 'map' : show(value)
}
