import type { Json, JsonObject } from '../../kernel/json.ts'
import type { Filter } from './parse.ts'
import { describe, error, kindOf } from './reading.ts'
import type { Scope } from './scope.ts'
import { compareJson } from './text.ts'

export function run(filter: Filter | undefined, input: Json, scope: Scope): readonly Json[] {
  return filter ? scope.evaluate(filter, input, scope) : []
}

export function fail(says: string): never {
  throw error(says)
}

export function text(value: Json): string {
  return typeof value === 'string' ? value : fail(`${describe(value)} cannot be matched, as it is not a string`)
}

export function bothStrings(value: Json, other: Json, name: string): string {
  return typeof value === 'string' && typeof other === 'string' ? value : fail(`${name}() requires string inputs`)
}

export function number(value: Json): number {
  return typeof value === 'number' ? value : fail(`${describe(value)} number required`)
}

export function array(value: Json, done: string): readonly Json[] {
  return Array.isArray(value)
    ? (value as readonly Json[])
    : fail(`${describe(value)} cannot be ${done}, as it is not an array`)
}

export function object(value: Json, what: string): JsonObject {
  return kindOf(value) === 'object'
    ? (value as JsonObject)
    : fail(what === 'keys' ? `${describe(value)} has no keys` : `Cannot check whether ${kindOf(value)} has a key`)
}

export function parse(source: string): Json {
  try {
    return JSON.parse(source) as Json
  } catch {
    return fail(`${source} (while parsing '${source}')`)
  }
}

export function lengthOf(value: Json): number {
  if (value === null) return 0
  if (typeof value === 'number') return Math.abs(value)
  if (typeof value === 'string') return [...value].length
  return typeof value === 'boolean' ? fail(`boolean (${value}) has no length`) : Object.keys(value).length
}

export function descend(value: Json, next: (value: Json) => readonly Json[]): readonly Json[] {
  return [value, ...next(value).flatMap((one) => descend(one, next))]
}

export function entries(value: Json): readonly JsonObject[] {
  return Object.entries(object(value, 'keys')).map(([key, one]) => ({ key, value: one ?? null }))
}

export function fromEntries(all: readonly Json[]): JsonObject {
  return Object.fromEntries(
    all.map((one) => {
      const { key, k, name, value, v } = one as JsonObject
      const named = key ?? k ?? name ?? null
      return [typeof named === 'string' ? named : JSON.stringify(named), value ?? v ?? null]
    }),
  )
}

export function keyed(
  value: Json,
  f: Filter | undefined,
  scope: Scope,
): readonly { readonly key: readonly Json[]; readonly value: Json }[] {
  return array(value, 'sorted')
    .map((one) => ({ key: run(f, one, scope), value: one }))
    .sort((a, b) => compareJson(a.key, b.key))
}

export function groups(value: Json, f: Filter | undefined, scope: Scope): readonly (readonly Json[])[] {
  const out: { key: readonly Json[]; items: Json[] }[] = []
  for (const { key, value: one } of keyed(value, f, scope)) {
    const last = out[out.length - 1]
    if (last && compareJson(last.key, key) === 0) last.items.push(one)
    else out.push({ key, items: [one] })
  }
  return out.map((group) => group.items)
}

export function contains(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b)
  if (Array.isArray(a) && Array.isArray(b))
    return b.every((one) =>
      a.some((other) => kindOf(other as Json) === kindOf(one as Json) && contains(other as Json, one as Json)),
    )
  if (kindOf(a) === 'object' && kindOf(b) === 'object')
    return Object.entries(b as JsonObject).every(
      ([key, one]) => Object.hasOwn(a as object, key) && contains((a as JsonObject)[key] ?? null, one ?? null),
    )
  if (kindOf(a) !== kindOf(b)) throw error(`${describe(a)} and ${describe(b)} cannot have their containment checked`)
  return compareJson(a, b) === 0
}

export function range(from: number, to: number, by: number): readonly number[] {
  const out: number[] = []
  for (let n = from; (by > 0 ? n < to : n > to) && by !== 0 && out.length < 100_000; n += by) out.push(n)
  return out
}

export function regex(source: Json | undefined, flags: Json | undefined = ''): RegExp {
  try {
    return new RegExp(
      String(source).replace(/\(\?i\)/, ''),
      `${String(flags ?? '')
        .replace(/[^gimsx]/g, '')
        .replace('x', '')}${/\(\?i\)/.test(String(source)) ? 'i' : ''}`,
    )
  } catch {
    return fail(`${String(source)} (at offset 0) is not a valid regex`)
  }
}

export function matchOf(found: RegExpExecArray | null): readonly Json[] {
  if (!found) return []
  return [
    {
      offset: found.index,
      length: found[0].length,
      string: found[0],
      captures: found.slice(1).map((group) => ({ string: group ?? null })),
    },
  ]
}

export function substitute(value: Json, [f, by]: readonly Filter[], scope: Scope, flags: string): string {
  return text(value).replace(regex(run(f, value, scope)[0], flags), (...found) => {
    const named = typeof found.at(-1) === 'object' ? (found.at(-1) as JsonObject) : {}
    return String(run(by, { ...named }, scope)[0] ?? '')
  })
}

export function flat(value: Json, depth: number): readonly Json[] {
  return array(value, 'flattened').flatMap((one) =>
    Array.isArray(one) && depth > 0 ? flat(one as Json, depth - 1) : [one],
  )
}
