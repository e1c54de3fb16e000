import { byText } from './loose.ts'
import { selectValues } from './path.ts'
import { compareQuantity, parseQuantity } from './quantity.ts'

/**
 * Sorts objects as `kubectl get --sort-by` does: by the first value of the expression, missing ones first, text that is all
 * quantities by amount, stable. Returns kubectl's words when the expression is wrong or no object has the field.
 * Models: kubectl/pkg/cmd/get/sorter.go.
 */
export function sortBy<T>(
  objects: readonly T[],
  expression: string,
): { readonly sorted: readonly T[] } | { readonly error: string } {
  const keyed: { readonly object: T; readonly key: unknown; readonly index: number }[] = []
  for (const [index, object] of objects.entries()) {
    const found = selectValues(expression, object)
    if ('error' in found) return { error: `error: ${found.error}` }
    keyed.push({ object, key: found.values[0], index })
  }
  if (objects.length > 0 && keyed.every(({ key }) => key === undefined)) {
    return { error: `error: couldn't find any field with path "${braced(expression)}" in the list of objects` }
  }
  const sorted = [...keyed].sort((a, b) => compare(a.key, b.key) || a.index - b.index)
  return { sorted: sorted.map(({ object }) => object) }
}

function braced(expression: string): string {
  return expression.startsWith('{') ? expression : `{${expression.startsWith('.') ? '' : '.'}${expression}}`
}

function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  const [x, y] = [String(a), String(b)]
  const [p, q] = [parseQuantity(x), parseQuantity(y)]
  return p && q ? compareQuantity(p, q) : byText(x, y)
}
