/** A mapping of a compose file whose keys are not known. */
export type Shape = { readonly [key: string]: unknown }

export function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A mapping as it is, anything else as an empty one. */
export function shape(value: unknown): Shape {
  return isShape(value) ? value : {}
}

/** A list as it is, one thing as a list of it, nothing as none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

/** `KEY=value` lines or a mapping, as a mapping; a key without a value is null. */
export function mapping(value: unknown): { readonly [key: string]: string | null } {
  if (isShape(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, one === null ? null : String(one)]))
  return Object.fromEntries(
    list(value).map((line) => {
      const text = String(line)
      const cut = text.indexOf('=')
      return cut < 0 ? [text, null] : [text.slice(0, cut), text.slice(cut + 1)]
    }),
  )
}
