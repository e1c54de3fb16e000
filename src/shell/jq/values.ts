import type { Json, JsonObject } from '../../kernel/json.ts'
import { describe, error } from './reading.ts'
import { compareJson } from './text.ts'

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function add(a: Json, b: Json): Json {
  if (a === null) return b
  if (b === null) return a
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  if (isObject(a) && isObject(b)) return { ...a, ...b }
  throw error(`${describe(a)} and ${describe(b)} cannot be added`)
}

export function subtract(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (Array.isArray(a) && Array.isArray(b)) return a.filter((one) => !b.some((other) => compareJson(one, other) === 0))
  throw error(`${describe(a)} and ${describe(b)} cannot be subtracted`)
}

export function multiply(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a * b
  if (typeof a === 'string' && typeof b === 'number') return b > 0 ? a.repeat(Math.max(1, Math.floor(b))) : null
  if (isObject(a) && isObject(b)) return merge(a, b)
  throw error(`${describe(a)} and ${describe(b)} cannot be multiplied`)
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const out: { [key: string]: Json | undefined } = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const left = out[key]
    out[key] =
      left !== undefined && value !== undefined && isObject(left) && isObject(value) ? merge(left, value) : value
  }
  return out
}

export function divide(a: Json, b: Json): Json {
  if (typeof a === 'string' && typeof b === 'string') return a.split(b)
  if (typeof a !== 'number' || typeof b !== 'number') throw error(`${describe(a)} and ${describe(b)} cannot be divided`)
  if (b === 0) throw error(`${describe(a)} and ${describe(b)} cannot be divided because the divisor is zero`)
  return a / b
}
