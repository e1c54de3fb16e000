import type { Json, JsonObject } from '../../../kernel/index.ts'
import { isObject } from './isObject.ts'

/**
 * Whether an object fits a pattern: for every key any of the listed values is enough, nested objects are looked into, and a list of
 * objects fits when one of them does. Shared by SNS filter policies and EventBridge rules.
 */
export function acceptsPattern(pattern: JsonObject, value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((one) => acceptsPattern(pattern, one as Json))
  const object: JsonObject = isObject(value ?? null) ? (value as JsonObject) : {}
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or' && isAlternatives(wanted)) return wanted.some((other) => acceptsPattern(other, object))
    const found = object[key]
    if (isObject(wanted ?? null)) return acceptsPattern(wanted as JsonObject, found)
    return Array.isArray(wanted) && wanted.some((one) => matchesPattern(one as Json, found))
  })
}

function isAlternatives(value: Json | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 1 && value.every((one) => isObject(one as Json))
}

/**
 * Whether one listed value of a policy matches what the message has under its key: undefined for nothing, a list where any element
 * is enough. The patterns are those of SNS filter policies and of EventBridge rules.
 */
export function matchesPattern(pattern: Json, found: Json | undefined): boolean {
  if (isObject(pattern) && 'exists' in pattern) return pattern['exists'] === (found !== undefined)
  if (found === undefined) return false
  const elements = Array.isArray(found) ? (found as readonly Json[]) : [found]
  return elements.some((element) => matchesOne(pattern, element))
}

function matchesOne(pattern: Json, value: Json): boolean {
  if (!isObject(pattern)) return pattern === value
  const [operator = '', operand = null] = Object.entries(pattern)[0] ?? []
  switch (operator) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return matchesText(operator, operand as Json, value)
    case 'anything-but':
      return !excluded(operand as Json, value)
    case 'numeric':
      return typeof value === 'number' && Array.isArray(operand) && inRange(operand as readonly Json[], value)
    case 'cidr':
      return typeof value === 'string' && typeof operand === 'string' && inNetwork(operand, value)
    default:
      return false
  }
}

function excluded(operand: Json, value: Json): boolean {
  if (Array.isArray(operand)) return operand.includes(value)
  if (!isObject(operand)) return operand === value
  const [operator = '', what = null] = Object.entries(operand)[0] ?? []
  const each = Array.isArray(what) ? (what as readonly Json[]) : [what as Json]
  return each.some((one) => matchesText(operator, one, value))
}

function matchesText(operator: string, operand: Json, value: Json): boolean {
  if (typeof value !== 'string') return false
  if (isObject(operand)) {
    const word = operand['equals-ignore-case']
    return typeof word === 'string' && matchesText(operator, word.toLowerCase(), value.toLowerCase())
  }
  if (typeof operand !== 'string') return false
  switch (operator) {
    case 'prefix':
      return value.startsWith(operand)
    case 'suffix':
      return value.endsWith(operand)
    case 'equals-ignore-case':
      return value.toLowerCase() === operand.toLowerCase()
    case 'wildcard':
      return matchesWildcard(operand, value)
    default:
      return false
  }
}

function matchesWildcard(pattern: string, value: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...rest] = parts
  if (!value.startsWith(first)) return false
  let at = first.length
  for (const [i, part] of rest.entries()) {
    if (i === rest.length - 1) return value.length - part.length >= at && value.endsWith(part)
    const next = value.indexOf(part, at)
    if (next < 0) return false
    at = next + part.length
  }
  return at === value.length
}

/** `[">", 0, "<=", 150]`: pairs of an operator and a number, all of which must hold. */
function inRange(pairs: readonly Json[], value: number): boolean {
  if (pairs.length === 0 || pairs.length % 2 !== 0) return false
  for (let i = 0; i < pairs.length; i += 2) {
    const bound = pairs[i + 1]
    if (typeof bound !== 'number') return false
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }
    if (!holds[pairs[i] as keyof typeof holds]) return false
  }
  return true
}

/** Whether an IPv4 or IPv6 address is in `10.0.0.0/24`. */
function inNetwork(network: string, address: string): boolean {
  const [base = '', length] = network.split('/')
  const [a, b] = [bitsOf(base), bitsOf(address)]
  if (!a || !b || a.length !== b.length) return false
  const bits = length === undefined ? a.length : Number(length)
  return a.slice(0, bits) === b.slice(0, bits)
}

function bitsOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) {
    const bytes = address.split('.').map(Number)
    return bytes.every((byte) => byte < 256)
      ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
      : undefined
  }
  if (!/^[0-9a-fA-F:]+$/.test(address) || !address.includes(':')) return undefined
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
