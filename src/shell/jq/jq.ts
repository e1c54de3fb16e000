import type { Json, JsonObject } from '../../kernel/json.ts'
import { type Builtin, builtins } from './builtins.ts'
import { formatValue } from './formats.ts'
import { type Filter, parseJq } from './parse.ts'
import { updatePaths } from './paths.ts'
import { JqProblem } from './problem.ts'
import { describe, each, error, kindOf, lookup, recurse, truthy } from './reading.ts'
import type { Scope } from './scope.ts'
import { compareJson } from './text.ts'
import { add, divide, multiply, subtract } from './values.ts'

export { JqProblem } from './problem.ts'

/** All outputs of a filter for one input. Throws `JqProblem` with jq's words. */
export function jq(filter: string, input: Json, vars: { readonly [name: string]: Json } = {}): readonly Json[] {
  return evaluate(parseJq(filter), input, { vars, functions: {}, evaluate })
}

export function evaluate(filter: Filter, input: Json, scope: Scope): readonly Json[] {
  const of = (one: Filter): readonly Json[] => evaluate(one, input, scope)
  switch (filter.j) {
    case 'id':
      return [input]
    case 'recurse':
      return recurse(input)
    case 'lit':
      return [filter.value]
    case 'string':
      return interpolate(filter, input, scope)
    case 'index':
      return of(filter.of).flatMap((value) => of(filter.key).map((key) => lookup(value, key)))
    case 'slice':
      return of(filter.of).map((value) =>
        slice(value, filter.from && of(filter.from)[0], filter.to && of(filter.to)[0]),
      )
    case 'each':
      return of(filter.of).flatMap(each)
    case 'try':
    case 'catch': {
      try {
        return of(filter.of)
      } catch (problem) {
        if (!(problem instanceof JqProblem)) throw problem
        return filter.j === 'try'
          ? []
          : evaluate(
              filter.rescue,
              problem.message.replace(/^jq: error \(at <[^>]*>\)(?: \(not a string\))?: /, ''),
              scope,
            )
      }
    }
    case 'pipe':
      return of(filter.a).flatMap((value) => evaluate(filter.b, value, scope))
    case 'comma':
      return [...of(filter.a), ...of(filter.b)]
    case 'op':
      return operate(filter, input, scope)
    case 'neg':
      return of(filter.of).map((value) => {
        if (typeof value !== 'number') throw error(`${describe(value)} cannot be negated`)
        return -value
      })
    case 'array':
      return [filter.of ? of(filter.of) : []]
    case 'object':
      return filter.entries.reduce<readonly JsonObject[]>(
        (made, { key, value }) =>
          made.flatMap((object) =>
            of(key).flatMap((name) => {
              if (typeof name !== 'string') throw error(`Object keys must be strings`)
              return of(value).map((one) => ({ ...object, [name]: one }))
            }),
          ),
        [{}],
      )
    case 'if':
      return of(filter.test).flatMap((test) => of(truthy(test) ? filter.yes : filter.otherwise))
    case 'reduce': {
      let state: Json = of(filter.init)[0] ?? null
      for (const item of of(filter.of))
        state = evaluate(filter.update, state, bind(scope, filter.name, item)).at(-1) ?? null
      return [state]
    }
    case 'as':
      return of(filter.of).flatMap((value) => evaluate(filter.body, input, bind(scope, filter.name, value)))
    case 'var': {
      const value = scope.vars[filter.name]
      if (value === undefined)
        throw new JqProblem(`jq: error: $${filter.name} is not defined at <top-level>, line 1:\njq: 1 compile error`, 3)
      return [value]
    }
    case 'def':
      return evaluate(filter.rest, input, {
        ...scope,
        functions: { ...scope.functions, [`${filter.name}/${filter.params.length}`]: filter },
      })
    case 'format':
      return [formatValue(filter.name, input)]
    case 'call':
      return call(filter, input, scope)
  }
}

function bind(scope: Scope, name: string, value: Json): Scope {
  return { ...scope, vars: { ...scope.vars, [name]: value } }
}

function call({ name, args }: Filter & { j: 'call' }, input: Json, scope: Scope): readonly Json[] {
  const defined = scope.functions[`${name}/${args.length}`]
  if (defined) {
    let inner: Scope = { ...scope, functions: { ...(defined.scope ?? scope).functions } }
    defined.params.forEach((param, i) => {
      const arg = args[i] as Filter
      if (param.startsWith('$')) inner = bind(inner, param.slice(1), evaluate(arg, input, scope)[0] ?? null)
      else inner = { ...inner, functions: { ...inner.functions, [`${param}/0`]: { params: [], body: arg, scope } } }
    })
    return evaluate(defined.body, input, inner)
  }
  const builtin: Builtin | undefined = builtins.get(`${name}/${args.length}`)
  if (!builtin)
    throw new JqProblem(
      `jq: error: ${name}/${args.length} is not defined at <top-level>, line 1:\njq: 1 compile error`,
      3,
    )
  return builtin(input, args, scope)
}

function interpolate(filter: Filter & { j: 'string' }, input: Json, scope: Scope): readonly Json[] {
  return filter.parts.reduce<readonly string[]>(
    (made, part) =>
      typeof part === 'string'
        ? made.map((text) => text + part)
        : evaluate(part, input, scope).flatMap((value) =>
            made.map((text) => text + formatValue(filter.format ?? 'text', value)),
          ),
    [''],
  )
}

function slice(value: Json, from: Json | undefined, to: Json | undefined): Json {
  const bounds = [
    typeof from === 'number' ? Math.floor(from) : 0,
    typeof to === 'number' ? Math.ceil(to) : undefined,
  ] as const
  if (value === null) return null
  if (typeof value === 'string' || Array.isArray(value)) return value.slice(...bounds) as Json
  throw error(`Cannot index ${kindOf(value)} with object`)
}

function operate({ op, a, b }: Filter & { j: 'op' | 'pipe' | 'comma' }, input: Json, scope: Scope): readonly Json[] {
  const of = (one: Filter): readonly Json[] => evaluate(one, input, scope)
  if (op === '//') {
    let left: readonly Json[] = []
    try {
      left = of(a).filter(truthy)
    } catch (problem) {
      if (!(problem instanceof JqProblem) || problem.exit !== 5) throw problem
    }
    return left.length > 0 ? left : of(b)
  }
  if (op === 'and') return of(a).flatMap((x) => (truthy(x) ? of(b).map(truthy) : [false]))
  if (op === 'or') return of(a).flatMap((x) => (truthy(x) ? [true] : of(b).map(truthy)))
  if (op === '|=') return [updatePaths(a, input, scope, (value) => evaluate(b, value, scope)[0])]
  if (op === '=') return of(b).map((value) => updatePaths(a, input, scope, () => value))
  if (op.endsWith('=') && !COMPARE.has(op)) {
    const plain = op.slice(0, -1)
    return of(b).map((right) =>
      updatePaths(a, input, scope, (left) =>
        plain === '//' ? (truthy(left) ? left : right) : combine(plain, left, right),
      ),
    )
  }
  return of(b).flatMap((right) => of(a).map((left) => combine(op, left, right)))
}

const COMPARE = new Set(['==', '!=', '<=', '>='])

function combine(op: string, a: Json, b: Json): Json {
  switch (op) {
    case '+':
      return add(a, b)
    case '-':
      return subtract(a, b)
    case '*':
      return multiply(a, b)
    case '/':
      return divide(a, b)
    case '%':
      if (typeof a !== 'number' || typeof b !== 'number')
        throw error(`${describe(a)} and ${describe(b)} cannot be divided`)
      if (Math.trunc(b) === 0)
        throw error(`${describe(a)} and ${describe(b)} cannot be divided because the divisor is zero`)
      return Math.trunc(a) % Math.trunc(b)
    case '==':
      return compareJson(a, b) === 0
    case '!=':
      return compareJson(a, b) !== 0
    case '<':
      return compareJson(a, b) < 0
    case '<=':
      return compareJson(a, b) <= 0
    case '>':
      return compareJson(a, b) > 0
    default:
      return compareJson(a, b) >= 0
  }
}
