import type { Json, JsonObject } from '../../kernel/json.ts'
import { JqProblem } from './problem.ts'

export function error(text: string): JqProblem {
  return new JqProblem(`jq: error (at <stdin>:0): ${text}`)
}

export function truthy(value: Json): boolean {
  return value !== null && value !== false
}

/** What stands in a value under a key. */
export function lookup(value: Json, key: Json): Json {
  if (value === null && (typeof key === 'string' || typeof key === 'number')) return null
  if (Array.isArray(value) && typeof key === 'number') return (value.at(Math.floor(key)) as Json | undefined) ?? null
  if (typeof key === 'string' && value !== null && typeof value === 'object' && !Array.isArray(value))
    return (value as JsonObject)[key] ?? null
  throw error(
    typeof key === 'string'
      ? `Cannot index ${kindOf(value)} with "${key}"`
      : `Cannot index ${kindOf(value)} with ${kindOf(key)}`,
  )
}

export function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

export function each(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  if (value !== null && typeof value === 'object') return Object.values(value as JsonObject).map((one) => one ?? null)
  throw error(`Cannot iterate over ${describe(value)}`)
}

export function recurse(value: Json): readonly Json[] {
  return value !== null && typeof value === 'object' ? [value, ...each(value).flatMap(recurse)] : [value]
}

/** How jq names a value in its errors: `string ("abc")`. */
export function describe(value: Json): string {
  const text = JSON.stringify(value)
  const shown = text.length > 11 ? `${text.slice(0, 10)}...` : text
  return value === null ? 'null (null)' : `${kindOf(value)} (${shown})`
}
