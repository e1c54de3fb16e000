import jmespath from 'jmespath'
import type { Json, JsonObject } from '../../../../kernel/index.ts'
import type { ApiAnswer } from '../operation.ts'
import type { Paginator } from '../serviceApi.ts'
import { base64Of, textOfBase64 } from './base64.ts'
import { failed } from './cliError.ts'

/** What was asked about pages. */
export interface Paging {
  readonly startingToken?: string | undefined
  readonly maxItems?: number | undefined
  readonly pageSize?: number | undefined
}

/**
 * Calls an operation page by page and makes one answer of them: the lists that the model names, and a token of the client's own where
 * `--max-items` cut them. Models: botocore/paginate.py.
 */
export function allPages(
  paginator: Paginator,
  input: JsonObject,
  { startingToken, maxItems, pageSize }: Paging,
  call: (input: JsonObject) => ApiAnswer,
): ApiAnswer {
  const inputs = several(paginator.input)
  const outputs = several(paginator.output)
  const results = several(paginator.results)
  const start = startingToken === undefined ? undefined : readToken(startingToken)
  let tokens: { readonly [name: string]: Json } = Object.fromEntries(
    inputs.flatMap((name) =>
      start?.[name] === undefined || start[name] === null ? [] : [[name, start[name] as Json]],
    ),
  )
  let skip = Number(start?.['boto_truncate_amount'] ?? 0)
  const whole: { [path: string]: Json } = {}
  const emit = []
  let count = 0
  for (let page = 0; page < 10_000; page++) {
    const limited = pageSize !== undefined && paginator.limit !== undefined ? { [paginator.limit]: pageSize } : {}
    const answer = call({ ...input, ...limited, ...tokens })
    if ('error' in answer) return answer
    emit.push(...(answer.emit ?? []))
    const output = answer.output as JsonObject
    const [primary = '', ...others] = results
    let list = jmespath.search(output, primary) as Json
    if (skip > 0 && Array.isArray(list)) {
      list = list.slice(skip)
      for (const other of others) put(whole, other, [])
    }
    const before = skip
    skip = 0
    if (Array.isArray(list) && maxItems !== undefined && count + list.length > maxItems) {
      const kept = list.slice(0, maxItems - count)
      put(whole, primary, [...((at(whole, primary) as Json[] | undefined) ?? []), ...kept])
      if (page === 0 && before === 0)
        for (const other of others) add(whole, other, jmespath.search(output, other) as Json)
      const amount = kept.length + before
      return {
        output: { ...nest(whole), NextToken: writeToken(inputs, tokens, amount) },
        emit,
      }
    }
    add(whole, primary, list)
    if (before === 0) for (const other of others) add(whole, other, jmespath.search(output, other) as Json)
    count += Array.isArray(list) ? list.length : 0
    const next = Object.fromEntries(
      inputs.flatMap((name, i) => {
        const token = jmespath.search(output, outputs[i] ?? '') as Json
        return token === null || token === undefined || token === '' ? [] : [[name, token]]
      }),
    )
    if (Object.keys(next).length === 0) return { output: nest(whole), emit }
    if (maxItems !== undefined && count === maxItems)
      return { output: { ...nest(whole), NextToken: writeToken(inputs, next, 0) }, emit }
    tokens = next
  }
  throw failed('The same next token was received twice')
}

function several(one: string | readonly string[]): readonly string[] {
  return typeof one === 'string' ? [one] : one
}

function at(whole: { readonly [path: string]: Json }, path: string): Json | undefined {
  return whole[path]
}

function put(whole: { [path: string]: Json }, path: string, value: Json): void {
  whole[path] ??= value
  if (Array.isArray(value) && value.length > 0) whole[path] = value
}

function add(whole: { [path: string]: Json }, path: string, value: Json | undefined): void {
  if (value === null || value === undefined) return
  const had = whole[path]
  if (had === undefined) whole[path] = value
  else if (Array.isArray(had) && Array.isArray(value)) whole[path] = [...had, ...value]
  else if (typeof had === 'number' && typeof value === 'number') whole[path] = had + value
}

/** Dotted paths as nested objects. */
function nest(whole: { readonly [path: string]: Json }): JsonObject {
  const out: { [key: string]: Json } = {}
  for (const [path, value] of Object.entries(whole)) {
    const parts = path.split('.')
    let into: { [key: string]: Json } = out
    for (const part of parts.slice(0, -1)) {
      const inner = { ...((into[part] as JsonObject | undefined) ?? {}) } as { [key: string]: Json }
      into[part] = inner
      into = inner
    }
    into[parts[parts.length - 1] ?? ''] = value
  }
  return out
}

function writeToken(inputs: readonly string[], tokens: { readonly [name: string]: Json }, amount: number): string {
  const parts = inputs.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(tokens[name] ?? null)}`)
  if (amount > 0) parts.push(`"boto_truncate_amount": ${amount}`)
  return base64Of(`{${parts.join(', ')}}`)
}

function readToken(token: string): JsonObject {
  try {
    const found = JSON.parse(textOfBase64(token) ?? '') as Json
    if (found !== null && typeof found === 'object' && !Array.isArray(found)) return found as JsonObject
  } catch {}
  throw failed(`Bad starting token: ${token}`)
}
