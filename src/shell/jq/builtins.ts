import type { Json } from '../../kernel/json.ts'
import {
  array,
  bothStrings,
  contains,
  descend,
  entries,
  fail,
  flat,
  fromEntries,
  groups,
  keyed,
  lengthOf,
  matchOf,
  number,
  object,
  parse,
  range,
  regex,
  run,
  substitute,
  text,
} from './operands.ts'
import type { Filter } from './parse.ts'
import { pathsOf, updatePaths, withoutPath, withPath } from './paths.ts'
import { describe, each, kindOf, lookup, recurse, truthy } from './reading.ts'
import type { Scope } from './scope.ts'
import { compareJson, sortKeys } from './text.ts'
import { add } from './values.ts'

export type Builtin = (input: Json, args: readonly Filter[], scope: Scope) => readonly Json[]

/** jq's functions by name and number of arguments. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['empty/0', () => []],
  ['not/0', (v) => [!truthy(v)]],
  ['length/0', (v) => [lengthOf(v)]],
  ['utf8bytelength/0', (v) => [new TextEncoder().encode(text(v)).length]],
  ['keys/0', (v) => [Array.isArray(v) ? v.map((_, i) => i) : Object.keys(object(v, 'keys')).sort()]],
  ['keys_unsorted/0', (v) => [Array.isArray(v) ? v.map((_, i) => i) : Object.keys(object(v, 'keys'))]],
  ['values/0', (v) => (v === null ? [] : [v])],
  ['nulls/0', (v) => (v === null ? [v] : [])],
  ['strings/0', (v) => (typeof v === 'string' ? [v] : [])],
  ['numbers/0', (v) => (typeof v === 'number' ? [v] : [])],
  ['booleans/0', (v) => (typeof v === 'boolean' ? [v] : [])],
  ['arrays/0', (v) => (Array.isArray(v) ? [v] : [])],
  ['objects/0', (v) => (kindOf(v) === 'object' ? [v] : [])],
  ['scalars/0', (v) => (v === null || typeof v !== 'object' ? [v] : [])],
  ['type/0', (v) => [kindOf(v)]],
  ['add/0', (v) => [each(v).reduce<Json>(add, null)]],
  ['add/1', (v, [f], s) => [run(f, v, s).reduce<Json>(add, null)]],
  ['any/0', (v) => [each(v).some(truthy)]],
  ['all/0', (v) => [each(v).every(truthy)]],
  ['any/1', (v, [f], s) => [each(v).some((one) => run(f, one, s).some(truthy))]],
  ['all/1', (v, [f], s) => [each(v).every((one) => run(f, one, s).every(truthy))]],
  ['any/2', (v, [g, f], s) => [run(g, v, s).some((one) => run(f, one, s).some(truthy))]],
  ['all/2', (v, [g, f], s) => [run(g, v, s).every((one) => run(f, one, s).every(truthy))]],
  ['select/1', (v, [f], s) => run(f, v, s).flatMap((test) => (truthy(test) ? [v] : []))],
  ['map/1', (v, [f], s) => [each(v).flatMap((one) => run(f, one, s))]],
  [
    'map_values/1',
    (v, [f], s) => [
      Array.isArray(v)
        ? (v as readonly Json[]).flatMap((one) => run(f, one, s).slice(0, 1))
        : Object.fromEntries(
            Object.entries(object(v, 'map_values')).flatMap(([key, one]) =>
              run(f, one ?? null, s)
                .slice(0, 1)
                .map((next) => [key, next]),
            ),
          ),
    ],
  ],
  ['recurse/0', (v) => recurse(v)],
  ['recurse/1', (v, [f], s) => descend(v, (one) => run(f, one, s))],
  [
    'has/1',
    (v, [f], s) =>
      run(f, v, s).map((key) =>
        Array.isArray(v)
          ? typeof key === 'number' && key >= 0 && key < v.length
          : Object.hasOwn(object(v, 'has'), String(key)),
      ),
  ],
  [
    'in/1',
    (v, [f], s) =>
      run(f, v, s).map((one) =>
        Array.isArray(one) ? Number(v) < one.length : Object.hasOwn(one as object, String(v)),
      ),
  ],
  ['contains/1', (v, [f], s) => run(f, v, s).map((one) => contains(v, one))],
  ['inside/1', (v, [f], s) => run(f, v, s).map((one) => contains(one, v))],
  ['to_entries/0', (v) => [entries(v)]],
  ['from_entries/0', (v) => [fromEntries(each(v))]],
  ['with_entries/1', (v, [f], s) => [fromEntries(entries(v).flatMap((one) => run(f, one, s)))]],
  ['sort/0', (v) => [[...array(v, 'sorted')].sort(compareJson)]],
  ['sort_by/1', (v, [f], s) => [keyed(v, f, s).map(({ value }) => value)]],
  ['group_by/1', (v, [f], s) => [groups(v, f, s)]],
  [
    'unique/0',
    (v) => [
      [...array(v, 'sorted')]
        .sort(compareJson)
        .filter((one, i, all) => i === 0 || compareJson(all[i - 1] as Json, one) !== 0),
    ],
  ],
  ['unique_by/1', (v, [f], s) => [groups(v, f, s).map((group) => group[0] as Json)]],
  ['min/0', (v) => [[...array(v, 'sorted')].sort(compareJson)[0] ?? null]],
  ['max/0', (v) => [[...array(v, 'sorted')].sort(compareJson).at(-1) ?? null]],
  ['min_by/1', (v, [f], s) => [keyed(v, f, s)[0]?.value ?? null]],
  ['max_by/1', (v, [f], s) => [keyed(v, f, s).at(-1)?.value ?? null]],
  [
    'reverse/0',
    (v) => [typeof v === 'string' ? [...v].reverse().join('') : v === null ? [] : [...array(v, 'reversed')].reverse()],
  ],
  ['first/0', (v) => [lookup(v, 0)]],
  ['last/0', (v) => [lookup(v, -1)]],
  ['first/1', (v, [f], s) => run(f, v, s).slice(0, 1)],
  ['last/1', (v, [f], s) => run(f, v, s).slice(-1)],
  ['nth/1', (v, [f], s) => run(f, v, s).map((n) => lookup(v, n))],
  ['limit/2', (v, [n, f], s) => run(n, v, s).flatMap((count) => run(f, v, s).slice(0, Math.max(0, Number(count))))],
  ['range/1', (v, [n], s) => run(n, v, s).flatMap((to) => range(0, Number(to), 1))],
  [
    'range/2',
    (v, [a, b], s) => run(a, v, s).flatMap((from) => run(b, v, s).flatMap((to) => range(Number(from), Number(to), 1))),
  ],
  ['range/3', (v, [a, b, c], s) => range(Number(run(a, v, s)[0]), Number(run(b, v, s)[0]), Number(run(c, v, s)[0]))],
  ['flatten/0', (v) => [flat(v, 100)]],
  ['flatten/1', (v, [n], s) => run(n, v, s).map((depth) => flat(v, Number(depth)))],
  [
    'join/1',
    (v, [f], s) =>
      run(f, v, s).map((by) =>
        each(v)
          .map((one) =>
            one === null
              ? ''
              : typeof one === 'object'
                ? fail(`${describe(one)} cannot be added to a string`)
                : String(one),
          )
          .join(String(by)),
      ),
  ],
  ['split/1', (v, [f], s) => run(f, v, s).map((by) => (text(v) === '' ? [] : text(v).split(String(by))))],
  ['split/2', (v, [f, g], s) => [text(v).split(regex(run(f, v, s)[0], run(g, v, s)[0]))]],
  ['ascii_downcase/0', (v) => [text(v).toLowerCase()]],
  ['ascii_upcase/0', (v) => [text(v).toUpperCase()]],
  ['startswith/1', (v, [f], s) => run(f, v, s).map((one) => bothStrings(v, one, 'startswith').startsWith(String(one)))],
  ['endswith/1', (v, [f], s) => run(f, v, s).map((one) => bothStrings(v, one, 'endswith').endsWith(String(one)))],
  [
    'ltrimstr/1',
    (v, [f], s) =>
      run(f, v, s).map((one) =>
        typeof v === 'string' && typeof one === 'string' && v.startsWith(one) ? v.slice(one.length) : v,
      ),
  ],
  [
    'rtrimstr/1',
    (v, [f], s) =>
      run(f, v, s).map((one) =>
        typeof v === 'string' && typeof one === 'string' && one !== '' && v.endsWith(one) ? v.slice(0, -one.length) : v,
      ),
  ],
  ['trim/0', (v) => [text(v).trim()]],
  ['test/1', (v, [f], s) => run(f, v, s).map((one) => regex(one).test(text(v)))],
  ['test/2', (v, [f, g], s) => run(f, v, s).map((one) => regex(one, run(g, v, s)[0]).test(text(v)))],
  ['match/1', (v, [f], s) => run(f, v, s).flatMap((one) => matchOf(regex(one).exec(text(v))))],
  [
    'capture/1',
    (v, [f], s) =>
      run(f, v, s).flatMap((one) => {
        const found = regex(one).exec(text(v))
        return found
          ? [Object.fromEntries(Object.entries(found.groups ?? {}).map(([key, value]) => [key, value ?? null]))]
          : []
      }),
  ],
  [
    'scan/1',
    (v, [f], s) =>
      run(f, v, s).flatMap((one) =>
        [...text(v).matchAll(regex(one, 'g'))].map((found) =>
          found.length > 1 ? found.slice(1).map((group) => group ?? null) : found[0],
        ),
      ),
  ],
  ['sub/2', (v, args, s) => [substitute(v, args, s, '')]],
  ['gsub/2', (v, args, s) => [substitute(v, args, s, 'g')]],
  ['tostring/0', (v) => [typeof v === 'string' ? v : JSON.stringify(v)]],
  [
    'tonumber/0',
    (v) => [
      typeof v === 'number'
        ? v
        : typeof v === 'string' && v.trim() !== '' && !Number.isNaN(Number(v))
          ? Number(v)
          : fail(`${describe(v)} cannot be parsed as a number`),
    ],
  ],
  ['tojson/0', (v) => [JSON.stringify(v)]],
  ['fromjson/0', (v) => [parse(text(v))]],
  ['floor/0', (v) => [Math.floor(number(v))]],
  ['ceil/0', (v) => [Math.ceil(number(v))]],
  ['round/0', (v) => [Math.round(number(v))]],
  ['sqrt/0', (v) => [Math.sqrt(number(v))]],
  ['fabs/0', (v) => [Math.abs(number(v))]],
  ['abs/0', (v) => [Math.abs(number(v))]],
  ['pow/2', (v, [a, b], s) => [number(run(a, v, s)[0] ?? null) ** number(run(b, v, s)[0] ?? null)]],
  [
    'index/1',
    (v, [f], s) =>
      run(f, v, s).map((one) => {
        const at = text(v).indexOf(String(one))
        return at < 0 ? null : at
      }),
  ],
  [
    'indices/1',
    (v, [f], s) =>
      run(f, v, s).map((one) =>
        Array.isArray(v)
          ? v.flatMap((item, i) => (compareJson(item as Json, one) === 0 ? [i] : []))
          : [...text(v).matchAll(new RegExp(String(one).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'g'))].map(
              (found) => found.index,
            ),
      ),
  ],
  ['paths/0', (v, _args, s) => pathsOf({ j: 'recurse' }, v, s).filter((path) => path.length > 0)],
  ['path/1', (v, [f], s) => (f ? pathsOf(f, v, s) : [])],
  [
    'getpath/1',
    (v, [f], s) => run(f, v, s).map((path) => each(path).reduce<Json>((value, key) => lookup(value, key), v)),
  ],
  ['setpath/2', (v, [p, f], s) => [withPath(v, run(p, v, s)[0] as string[], run(f, v, s)[0] ?? null)]],
  ['del/1', (v, [f], s) => [f ? updatePaths(f, v, s, () => undefined) : v]],
  [
    'delpaths/1',
    (v, [f], s) => [
      [...each(run(f, v, s)[0] ?? [])]
        .sort(compareJson)
        .reduceRight<Json>((value, path) => withoutPath(value, path as string[]), v),
    ],
  ],
  ['error/0', (v) => fail(typeof v === 'string' ? v : `${JSON.stringify(v)} (not a string)`)],
  ['error/1', (v, [f], s) => fail(String(run(f, v, s)[0]))],
  ['env/0', (_, __, s) => [s.vars['ENV'] ?? {}]],
  ['ascii/0', (v) => [String.fromCharCode(number(v))]],
  ['explode/0', (v) => [[...text(v)].map((c) => c.codePointAt(0) ?? 0)]],
  ['implode/0', (v) => [String.fromCodePoint(...array(v, 'imploded').map(Number))]],
  ['tojsonsorted/0', (v) => [JSON.stringify(sortKeys(v))]],
  ['fromdateiso8601/0', (v) => [Date.parse(text(v)) / 1000]],
  ['fromdate/0', (v) => [Date.parse(text(v)) / 1000]],
  ['todate/0', (v) => [new Date(number(v) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')]],
  ['infinite/0', () => [Number.MAX_VALUE]],
  [
    'isvalid/1',
    (v, [f], s) => {
      try {
        run(f, v, s)
        return [true]
      } catch {
        return [false]
      }
    },
  ],
  [
    'transpose/0',
    (v) => {
      const rows = each(v).map((row) => each(row))
      const width = Math.max(0, ...rows.map((row) => row.length))
      return [Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? null))]
    },
  ],
  ['splits/1', (v, [f], s) => text(v).split(regex(run(f, v, s)[0]))],
  ['input_line_number/0', () => [0]],
])
