import type { Json, JsonObject } from '../../kernel/json.ts'
import type { Filter } from './parse.ts'
import { JqProblem } from './problem.ts'
import { describe, error, kindOf, lookup, truthy } from './reading.ts'
import type { Scope } from './scope.ts'

export type Path = readonly (string | number)[]

/** The paths that a filter leads to. */
export function pathsOf(filter: Filter, input: Json, scope: Scope): readonly Path[] {
  const at = (path: Path): Json => path.reduce<Json>((value, key) => lookup(value, key), input)
  const from = (one: Filter): readonly Path[] => pathsOf(one, input, scope)
  switch (filter.j) {
    case 'id':
      return [[]]
    case 'index':
      return from(filter.of).flatMap((path) =>
        scope.evaluate(filter.key, input, scope).map((key) => [...path, key as string | number]),
      )
    case 'each':
      return from(filter.of).flatMap((path) => {
        const value = at(path)
        if (value === null || typeof value !== 'object') throw error(`Cannot iterate over ${describe(value)}`)
        const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
        return keys.map((key) => [...path, key])
      })
    case 'pipe':
      return from(filter.a).flatMap((path) => pathsOf(filter.b, at(path), scope).map((rest) => [...path, ...rest]))
    case 'comma':
      return [...from(filter.a), ...from(filter.b)]
    case 'if':
      return scope
        .evaluate(filter.test, input, scope)
        .flatMap((test) => from(truthy(test) ? filter.yes : filter.otherwise))
    case 'recurse':
      return below(input, [])
    case 'try':
      try {
        return from(filter.of)
      } catch (problem) {
        if (!(problem instanceof JqProblem)) throw problem
        return []
      }
    case 'op':
      if (filter.op === '//') {
        const left = from(filter.a).filter((path) => truthy(at(path)))
        return left.length > 0 ? left : from(filter.b)
      }
      break
    case 'call':
      if (filter.name === 'empty') return []
      if (filter.name === 'select' && filter.args[0])
        return scope.evaluate(filter.args[0], input, scope).some(truthy) ? [[]] : []
      if (filter.name === 'first' && filter.args.length === 0) return [[0]]
      if (filter.name === 'last' && filter.args.length === 0) return [[-1]]
      if (filter.name === 'recurse' && filter.args.length === 0) return below(input, [])
  }
  throw error(`Invalid path expression with result ${JSON.stringify(scope.evaluate(filter, input, scope)[0] ?? null)}`)
}

function below(value: Json, path: Path): readonly Path[] {
  if (value === null || typeof value !== 'object') return [path]
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  return [path, ...keys.flatMap((key) => below(lookup(value, key), [...path, key]))]
}

/** The input with what a filter leads to replaced; where `change` answers undefined it is removed. */
export function updatePaths(
  filter: Filter,
  input: Json,
  scope: Scope,
  change: (value: Json) => Json | undefined,
): Json {
  const removed: Path[] = []
  let out = input
  for (const path of pathsOf(filter, input, scope)) {
    const next = change(path.reduce<Json>((value, key) => lookup(value, key), out))
    if (next === undefined) removed.push(path)
    else out = withPath(out, path, next)
  }
  return removed.reduceRight<Json>(withoutPath, out)
}

export function withPath(value: Json, [key, ...rest]: Path, next: Json): Json {
  if (key === undefined) return next
  if (typeof key === 'number') {
    if (value !== null && !Array.isArray(value)) throw error(`Cannot index ${kindOf(value)} with number`)
    const items = [...((value as readonly Json[] | null) ?? [])]
    const at = key < 0 ? items.length + key : key
    while (items.length < at) items.push(null)
    items[at] = withPath(items[at] ?? null, rest, next)
    return items
  }
  if (value !== null && (typeof value !== 'object' || Array.isArray(value)))
    throw error(`Cannot index ${kindOf(value)} with "${key}"`)
  const object = (value ?? {}) as JsonObject
  return { ...object, [key]: withPath(object[key] ?? null, rest, next) }
}

export function withoutPath(value: Json, [key, ...rest]: Path): Json {
  if (key === undefined || value === null || typeof value !== 'object') return value
  if (rest.length > 0) {
    const inner = lookup(value, key)
    return inner === null ? value : withPath(value, [key], withoutPath(inner, rest))
  }
  if (Array.isArray(value))
    return value.filter((_, i) => i !== (typeof key === 'number' && key < 0 ? value.length + key : key)) as Json
  const { [String(key)]: _, ...others } = value as JsonObject
  return others
}
