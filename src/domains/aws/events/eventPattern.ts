import type { Json, JsonObject } from '../../../kernel/index.ts'
import { isObject } from '../core/index.ts'

const OPERATORS = new Set([
  'exists',
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'anything-but',
  'numeric',
  'cidr',
])

/**
 * Reads an event pattern, or says why EventBridge does not take it.
 * Models: aws/event-ruler, JsonRuleCompiler
 */
export function readPattern(text: string): { readonly pattern: JsonObject } | { readonly reason: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { reason: `Unrecognized token at [Source: (String)"${text.slice(0, 60)}"; line: 1, column: 1]` }
  }
  if (!isObject(value)) return { reason: 'Filter is not an object' }
  const reason = problemOf(value)
  return reason === undefined ? { pattern: value } : { reason }
}

function problemOf(pattern: JsonObject): string | undefined {
  const entries = Object.entries(pattern)
  if (entries.length === 0) return 'Empty objects are not allowed'
  for (const [key, wanted] of entries) {
    if (key === '$or' && Array.isArray(wanted)) {
      for (const one of wanted) {
        const inner = isObject(one) ? problemOf(one) : '"$or" must be an array of objects'
        if (inner !== undefined) return inner
      }
      continue
    }
    if (isObject(wanted)) {
      const inner = problemOf(wanted)
      if (inner !== undefined) return inner
      continue
    }
    if (!Array.isArray(wanted)) return `"${key}" must be an object or an array`
    if (wanted.length === 0) return 'Empty arrays are not allowed'
    for (const one of wanted as readonly Json[]) {
      if (Array.isArray(one)) return 'Match value must be String, number, true, false, or null'
      if (!isObject(one)) continue
      const [operator = '', ...more] = Object.keys(one)
      if (more.length > 0) return 'Only one key allowed in match expression'
      if (!OPERATORS.has(operator)) return `Unrecognized match type ${operator}`
    }
  }
  return undefined
}
