import { isShape, list, mapping, type Shape } from './shape.ts'

/** Keys of a service whose lists of `KEY=value` are mappings. */
const MAPPINGS = new Set([
  'environment',
  'labels',
  'annotations',
  'sysctls',
  'extra_hosts',
  'args',
  'options',
  'driver_opts',
])
/** Keys whose later value replaces the earlier one as a whole. */
const REPLACED = new Set(['command', 'entrypoint', 'test'])

/** Lays a later file, or a service that extends another, over an earlier one. Models: compose-go override/merge.go */
export function merge(base: unknown, over: unknown, key = ''): unknown {
  if (over === undefined) return base
  if (base === undefined || base === null || over === null) return over
  if (REPLACED.has(key)) return over
  if (MAPPINGS.has(key)) return { ...mapping(base), ...mapping(over) }
  if (key === 'depends_on' || key === 'networks' || key === 'configs' || key === 'secrets') {
    if (Array.isArray(base) && Array.isArray(over)) return unique([...base, ...over])
    if (Array.isArray(base) || Array.isArray(over)) return mergeShapes(named(base), named(over))
  }
  if (Array.isArray(base) || Array.isArray(over)) {
    if (key === 'volumes') return byTarget([...list(base), ...list(over)])
    return unique([...list(base), ...list(over)])
  }
  if (isShape(base) && isShape(over)) return mergeShapes(base, over)
  return over
}

function mergeShapes(base: Shape, over: Shape): Shape {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value, key)
  return merged
}

function named(value: unknown): Shape {
  return isShape(value) ? value : Object.fromEntries(list(value).map((one) => [String(one), null]))
}

function unique(items: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const text = JSON.stringify(item)
    if (seen.has(text)) return false
    seen.add(text)
    return true
  })
}

/** Of several mounts at one place the last counts. */
function byTarget(mounts: readonly unknown[]): readonly unknown[] {
  const found = new Map<string, unknown>()
  for (const mount of mounts)
    found.set(isShape(mount) ? String(mount.target) : (String(mount).split(':')[1] ?? String(mount)), mount)
  return [...found.values()]
}
