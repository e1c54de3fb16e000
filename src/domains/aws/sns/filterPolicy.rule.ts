import { defineRule, type Json, type JsonObject } from '../../../kernel/index.ts'
import { acceptsPattern } from '../core/index.ts'

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
    deliver: acceptsPattern(policy, scope === 'MessageBody' ? parsed(body) : valuesOf(attributes ?? {})),
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
