import type { Json, JsonObject } from '../../../kernel/index.ts'
import { type BusEnvelope, type Rule, ruleArn } from './records.ts'
import type * as api from './types.generated.ts'

/**
 * What a target gets of an event: the whole of it, a part, a constant, or a text with parts put in.
 * Models: Amazon EventBridge User Guide, "Amazon EventBridge input transformation"
 */
export function targetInput(target: api.Target, event: BusEnvelope, rule: Rule): JsonObject {
  if (target.Input !== undefined) return objectOf(parsed(target.Input))
  if (target.InputPath !== undefined) return objectOf(at(event, target.InputPath) ?? null)
  if (target.InputTransformer) return objectOf(transformed(target.InputTransformer, event, rule))
  return event
}

function transformed(
  { InputPathsMap = {}, InputTemplate }: api.InputTransformer,
  event: BusEnvelope,
  rule: Rule,
): Json {
  const reserved: { readonly [name: string]: Json } = {
    'aws.events.rule-arn': ruleArn(rule),
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': event,
    'aws.events.event.json': event,
  }
  const partOf = (name: string): Json =>
    name in reserved ? (reserved[name] ?? null) : (at(event, InputPathsMap[name] ?? '') ?? null)
  let quoted = false
  let text = ''
  for (let i = 0; i < InputTemplate.length; i++) {
    const [whole, name] = /^<([\w.-]+)>/.exec(InputTemplate.slice(i)) ?? []
    if (whole !== undefined && name !== undefined) {
      const value = partOf(name)
      const plain = typeof value === 'string' ? value : JSON.stringify(value)
      text += quoted ? JSON.stringify(plain).slice(1, -1) : JSON.stringify(value)
      i += whole.length - 1
      continue
    }
    if (InputTemplate[i] === '"' && InputTemplate[i - 1] !== '\\') quoted = !quoted
    text += InputTemplate[i]
  }
  return parsed(text)
}

/** A JSON path of the simple kind: `$.detail.state`, `$.resources[0]`. */
function at(event: Json, path: string): Json | undefined {
  if (!path.startsWith('$')) return undefined
  let value: Json | undefined = event
  for (const [, name, index] of path.slice(1).matchAll(/\.([\w-]+)|\[["']?([\w-]+)["']?\]/g)) {
    const key = name ?? index ?? ''
    value = (value as { readonly [key: string]: Json } | null | undefined)?.[key]
  }
  return value
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

function objectOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : { input: value }
}
