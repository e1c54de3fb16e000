import { Float, floatText } from './python.ts'
import type { Shown } from './shaped.ts'

/** JSON as `json.dumps(indent=4, ensure_ascii=False)` writes it; nothing for an empty answer. */
export function jsonFormat(value: Shown): string {
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Float))
    if (Object.keys(value).length === 0) return ''
  return `${written(value, '')}\n`
}

function written(value: Shown | undefined, indent: string): string {
  if (value instanceof Float) return floatText(value.value)
  const inner = `${indent}    `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((one: Shown) => `${inner}${written(one, inner)}`).join(',\n')}\n${indent}]`
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    if (entries.length === 0) return '{}'
    return `{\n${entries.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${written(one as Shown, inner)}`).join(',\n')}\n${indent}}`
  }
  return JSON.stringify(value ?? null)
}
