/** Whether two values of views are equal: JSON, and numbers in typed arrays. Stops at the first difference. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, i) => same(value, b[i]))
  if (Array.isArray(b)) return false
  if (a instanceof Uint8Array || a instanceof Uint16Array) {
    return (
      a.constructor === b.constructor &&
      a.length === (b as typeof a).length &&
      a.every((n, i) => n === (b as typeof a)[i])
    )
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => key in right && same(left[key], right[key]))
}

/**
 * A JSON value with those of its parts that are equal to the old one's taken from there, so that whoever draws a part sees by identity
 * that it has not changed. Things of a list that carry an id are compared with the one of the same id. The new value is written to.
 * Typed arrays are taken as they come: they are whole pictures, and looking at each byte would cost a frame.
 */
export function shared(old: unknown, value: unknown): unknown {
  if (old === value || typeof old !== 'object' || typeof value !== 'object' || !old || !value) return value
  if (ArrayBuffer.isView(value) || ArrayBuffer.isView(old)) return value
  if (Array.isArray(value)) return Array.isArray(old) ? sharedList(old, value) : value
  if (Array.isArray(old)) return value
  const [left, right] = [old as Record<string, unknown>, value as Record<string, unknown>]
  const keys = Object.keys(right)
  let equal = keys.length === Object.keys(left).length
  for (const key of keys) {
    const part = shared(left[key], right[key])
    right[key] = part
    if (part !== left[key] || (part === undefined && !(key in left))) equal = false
  }
  return equal ? old : value
}

function sharedList(old: readonly unknown[], value: unknown[]): readonly unknown[] {
  let equal = old.length === value.length
  let byId: Map<unknown, unknown> | undefined
  for (let i = 0; i < value.length; i++) {
    const id = idOf(value[i])
    let before = old[i]
    if (id !== undefined && idOf(before) !== id) {
      byId ??= new Map(old.map((one) => [idOf(one), one]))
      before = byId.get(id)
    }
    value[i] = shared(before, value[i])
    if (value[i] !== old[i]) equal = false
  }
  return equal ? old : value
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
}
