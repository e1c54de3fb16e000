/** A JSON object that is being built or read without a static type: parsed YAML, a manifest, a patch. */
export type Loose = { [key: string]: unknown }

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at `path` inside `value`, or undefined when any step is missing or not an object. */
export function objectAt(value: unknown, ...path: readonly string[]): Loose | undefined {
  const found = valueAt(value, ...path)
  return isObject(found) ? found : undefined
}

/** The object in a field, created empty where it is absent: a Go struct always exists. Undefined when something else is there. */
export function structAt(owner: Loose, field: string): Loose | undefined {
  owner[field] ??= {}
  const found = owner[field]
  return isObject(found) ? found : undefined
}

/** The value at `path`, or undefined when a step is missing. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const step of path) {
    if (!isObject(here)) return undefined
    here = here[step]
  }
  return here
}

/** The objects of a list at `path`; elements that are not objects are left out. */
export function objectsAt(value: unknown, ...path: readonly string[]): Loose[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** The text at `path`, or the empty string. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** Sets each field that is absent or null; with `zero`, also those holding Go's zero value ('' or 0). Mutates `target`. */
export function fill(target: Loose, values: Loose, zero = false): void {
  for (const [key, value] of Object.entries(values)) {
    const old = target[key]
    if (old === undefined || old === null || (zero && (old === '' || old === 0))) target[key] = value
  }
}

/** A deep copy of JSON; fields whose value is undefined are dropped. */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyJson) as T
  if (!isObject(value)) return value
  const out: Loose = {}
  for (const [key, item] of Object.entries(value)) if (item !== undefined) setOwn(out, key, copyJson(item))
  return out as T
}

/** Assigns a field even when it is called `__proto__`. */
export function setOwn(target: Loose, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

/**
 * Equality as Kubernetes' semantic DeepEqual sees it: absent, null, empty list and empty object are one thing where an object
 * compares its fields; key order is ignored.
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (isEmpty(a) && isEmpty(b)) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => semanticEqual(item, b[index]))
  }
  if (isObject(a) && isObject(b)) {
    for (const key of Object.keys(a)) if (!semanticEqual(a[key], b[key])) return false
    for (const key of Object.keys(b)) if (!(key in a) && !isEmpty(b[key])) return false
    return true
  }
  return false
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) && value.length === 0
}

/** JSON as Go's encoding/json prints it for a map: keys sorted, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  if (value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`
  if (isObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    return `{${keys
      .sort(byText)
      .map((key) => `${goJson(key)}:${goJson(value[key])}`)
      .join(',')}}`
  }
  return (JSON.stringify(value) ?? 'null').replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Orders text by code unit, as Go sorts ASCII strings. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
