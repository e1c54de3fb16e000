/** A number that stays a float when it is whole, as Python prints it: `70.0`. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** `str()` of a scalar in Python: what text and table output show. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (value instanceof Float) return floatText(value.value)
  if (typeof value === 'object') return pythonShown(value)
  return String(value)
}

/** `repr()` in Python: what its messages show of values. */
export function pythonShown(value: unknown): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t')
      .replaceAll('\r', '\\r')
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`
  }
  if (Array.isArray(value)) return `[${value.map(pythonShown).join(', ')}]`
  if (value !== null && typeof value === 'object' && !(value instanceof Float))
    return `{${Object.entries(value)
      .map(([key, one]) => `${pythonShown(key)}: ${pythonShown(one)}`)
      .join(', ')}}`
  return pythonText(value)
}

/** The name of a value's class, as Python's messages write it. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "<class 'NoneType'>"
  if (typeof value === 'string') return "<class 'str'>"
  if (typeof value === 'boolean') return "<class 'bool'>"
  if (typeof value === 'number') return Number.isInteger(value) ? "<class 'int'>" : "<class 'float'>"
  return Array.isArray(value) ? "<class 'list'>" : "<class 'dict'>"
}

/** A float as Python and JSON print it: a whole one keeps `.0`. */
export function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2')
}
