import type { Json, JsonObject } from '../../kernel/json.ts'

/** A value as jq prints it. */
export function toText(value: Json, indent = '', sorted = false): string {
  return JSON.stringify(sorted ? sortKeys(value) : value, null, indent)
}

/** The value with the keys of every object in order. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  const object = value as JsonObject
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sortKeys(object[key] ?? null)]),
  )
}

/** jq's order of all values: null, false, true, numbers, strings, arrays, objects. */
export function compareJson(a: Json, b: Json): number {
  const rank = (value: Json): number =>
    value === null
      ? 0
      : value === false
        ? 1
        : value === true
          ? 2
          : typeof value === 'number'
            ? 3
            : typeof value === 'string'
              ? 4
              : Array.isArray(value)
                ? 5
                : 6
  const order = rank(a) - rank(b)
  if (order !== 0) return order
  if (typeof a === 'number') return a - (b as number)
  if (typeof a === 'string') return a < (b as string) ? -1 : a > (b as string) ? 1 : 0
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const one = compareJson(a[i] as Json, b[i] as Json)
      if (one !== 0) return one
    }
    return a.length - b.length
  }
  if (a === null || typeof a !== 'object') return 0
  const x = a as JsonObject
  const y = b as JsonObject
  const keys = compareJson(Object.keys(x).sort(), Object.keys(y).sort())
  if (keys !== 0) return keys
  for (const key of Object.keys(x).sort()) {
    const one = compareJson(x[key] ?? null, y[key] ?? null)
    if (one !== 0) return one
  }
  return 0
}
