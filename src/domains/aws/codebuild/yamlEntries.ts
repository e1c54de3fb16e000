import { isMap, isScalar, isSeq } from 'yaml'

/** A mapping of a YAML file, read member by member; what is not there or of another sort reads as nothing. */
export interface YamlEntries {
  readonly has: (key: string) => boolean
  readonly keys: () => readonly string[]
  readonly text: (key: string) => string | undefined
  /** A list of texts; one text alone is a list of it. */
  readonly texts: (key: string) => readonly string[]
  /** Whether it says yes: `true`, `yes`. */
  readonly yes: (key: string) => boolean
  readonly map: (key: string) => YamlEntries
  readonly maps: (key: string) => readonly YamlEntries[]
  /** All of its members as texts. */
  readonly values: () => { readonly [key: string]: string }
}

/** Reads a YAML node as a mapping. */
export function yamlEntries(node: unknown): YamlEntries {
  const found = new Map<string, unknown>()
  if (isMap(node)) for (const { key, value } of node.items) found.set(String(isScalar(key) ? key.value : key), value)
  const text = (key: string) => scalarText(found.get(key))
  return {
    has: (key) => found.has(key),
    keys: () => [...found.keys()],
    text,
    texts: (key) => {
      const value = found.get(key)
      if (isSeq(value)) return value.items.flatMap((item) => scalarText(item) ?? [])
      const only = scalarText(value)
      return only === undefined ? [] : [only]
    },
    yes: (key) => /^(true|yes|on)$/i.test(text(key) ?? ''),
    map: (key) => yamlEntries(found.get(key)),
    maps: (key) => {
      const value = found.get(key)
      return isSeq(value) ? value.items.map((item) => yamlEntries(item)) : []
    },
    values: () => Object.fromEntries([...found].map(([key, value]) => [key, scalarText(value) ?? ''])),
  }
}

/** A scalar as it is written; undefined for null and for anything else. */
export function scalarText(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null || node.value === undefined) return undefined
  return node.source !== undefined && typeof node.value !== 'string' ? node.source : String(node.value)
}
