import { defineRule, type Json, type JsonObject } from '../../../kernel/index.ts'
import { matchesPattern } from './pattern.ts'

/** A subscription's filter policy and a message. */
export interface FilterQuestion {
  readonly scope: 'MessageAttributes' | 'MessageBody'
  readonly policy: JsonObject
  readonly attributes?: { readonly [name: string]: { readonly Type: string; readonly Value: string } }
  readonly body?: Json
}

/**
 * Whether a subscription gets a message.
 * Models: Amazon SNS Developer Guide, "Amazon SNS subscription filter policies"
 */
export const snsFilterPolicy = defineRule({
  id: 'sns.filterPolicy',
  says: 'Every key of the policy must match; for one key, any of the listed values is enough.',
  source: 'Amazon SNS Developer Guide, sns-subscription-filter-policies, string-value-matching, numeric-value-matching',
  decide: ({ scope, policy, attributes, body }: FilterQuestion) => ({
    deliver: accepts(policy, scope === 'MessageBody' ? parsed(body) : valuesOf(attributes ?? {})),
  }),
})

function parsed(body: Json | undefined): Json | undefined {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body) as Json
  } catch {
    return undefined
  }
}

/** What message attributes say, by their type: a number, a text, or the elements of a `String.Array`. */
function valuesOf(attributes: NonNullable<FilterQuestion['attributes']>): JsonObject {
  const values: Record<string, Json> = {}
  for (const [name, { Type, Value }] of Object.entries(attributes)) {
    if (Type === 'Number' || Type.startsWith('Number.')) values[name] = Number(Value)
    else if (Type === 'String.Array') {
      const elements = parsed(Value)
      values[name] = Array.isArray(elements) ? elements : Value
    } else if (Type !== 'Binary' && !Type.startsWith('Binary.')) values[name] = Value
  }
  return values
}

/** Whether an object fits a policy; a list of objects fits when one of them does. */
function accepts(policy: JsonObject, value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((one) => accepts(policy, one as Json))
  const object: JsonObject = isObject(value) ? value : {}
  return Object.entries(policy).every(([key, wanted]) => {
    if (key === '$or' && isAlternatives(wanted)) return wanted.some((other) => accepts(other, object))
    const found = object[key]
    if (isObject(wanted)) return accepts(wanted, found)
    return Array.isArray(wanted) && wanted.some((pattern) => matchesPattern(pattern as Json, found))
  })
}

function isAlternatives(value: Json | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 1 && value.every((one) => isObject(one as Json))
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
