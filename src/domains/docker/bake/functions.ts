const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const numbers = (args: readonly unknown[]): readonly number[] => args.map(Number)
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : typeof value === 'object' && value !== null ? Object.values(value) : []
const object = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const flat = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value])
const distinct = (values: readonly unknown[]): readonly unknown[] =>
  values.filter((one, i) => values.findIndex((other) => same(other, one)) === i)

/** Functions of bake's standard library. RangeErrors are refusals. Models: buildx bake/hclparser/stdlib.go over go-cty stdlib */
export const FUNCTIONS: { readonly [name: string]: (args: readonly unknown[]) => unknown } = {
  absolute: ([a]) => Math.abs(Number(a)),
  add: ([a, b]) => Number(a) + Number(b),
  and: ([a, b]) => a === true && b === true,
  base64decode: ([a]) => new TextDecoder().decode(Uint8Array.from(atob(text(a)), (c) => c.charCodeAt(0))),
  base64encode: ([a]) => btoa(String.fromCharCode(...new TextEncoder().encode(text(a)))),
  basename: ([a]) => text(a).replace(/\/+$/, '').split('/').at(-1),
  ceil: ([a]) => Math.ceil(Number(a)),
  chomp: ([a]) => text(a).replace(/[\r\n]+$/, ''),
  chunklist: ([a, n]) => {
    const items = list(a)
    const size = Number(n) || items.length || 1
    return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, i * size + size))
  },
  coalesce: (args) => {
    const found = args.find((one) => one !== null && one !== '')
    if (found === undefined) throw new RangeError('no non-null, non-empty-string arguments.')
    return found
  },
  coalescelist: (args) => args.find((one) => list(one).length > 0) ?? [],
  compact: ([a]) => list(a).filter((one) => one !== '' && one !== null),
  concat: (args) => args.flatMap(list),
  contains: ([a, b]) => list(a).some((one) => same(one, b)),
  dirname: ([a]) => text(a).replace(/\/+[^/]*$/, '') || '.',
  distinct: ([a]) => distinct(list(a)),
  divide: ([a, b]) => {
    if (Number(b) === 0) throw new RangeError('divide by zero.')
    return Number(a) / Number(b)
  },
  element: ([a, i]) => {
    const items = list(a)
    if (items.length === 0) throw new RangeError('cannot use element function with an empty list.')
    return items[((Number(i) % items.length) + items.length) % items.length]
  },
  equal: ([a, b]) => same(a, b),
  flatten: ([a]) => flat(a),
  floor: ([a]) => Math.floor(Number(a)),
  format: (args) => format(args),
  formatlist: ([pattern, ...rest]) => {
    const length = Math.max(1, ...rest.filter(Array.isArray).map((one) => (one as unknown[]).length))
    return Array.from({ length }, (_, i) =>
      format([pattern, ...rest.map((one) => (Array.isArray(one) ? (one[i] as unknown) : one))]),
    )
  },
  greaterthan: ([a, b]) => Number(a) > Number(b),
  greaterthanorequalto: ([a, b]) => Number(a) >= Number(b),
  hasindex: ([a, key]) =>
    Array.isArray(a) ? Number(key) >= 0 && Number(key) < a.length : Object.hasOwn(object(a), text(key)),
  indent: ([n, a]) => text(a).replaceAll('\n', `\n${' '.repeat(Number(n))}`),
  index: ([a, key]) => {
    const found = Array.isArray(a) ? (a[Number(key)] as unknown) : object(a)[text(key)]
    if (found === undefined)
      throw new RangeError('the given key does not identify an element in this collection value.')
    return found
  },
  indexof: ([a, b]) => {
    const at = list(a).findIndex((one) => same(one, b))
    if (at < 0) throw new RangeError('item not found.')
    return at
  },
  int: ([a]) => Math.trunc(Number(a)),
  join: ([separator, ...lists]) => lists.flatMap(list).map(text).join(text(separator)),
  jsondecode: ([a]) => {
    try {
      return JSON.parse(text(a)) as unknown
    } catch {
      throw new RangeError('invalid JSON.')
    }
  },
  jsonencode: ([a]) => JSON.stringify(a),
  keys: ([a]) => Object.keys(object(a)).sort(),
  length: ([a]) => (typeof a === 'string' ? [...a].length : list(a).length),
  lessthan: ([a, b]) => Number(a) < Number(b),
  lessthanorequalto: ([a, b]) => Number(a) <= Number(b),
  lookup: ([a, key, other]) => object(a)[text(key)] ?? other,
  lower: ([a]) => text(a).toLowerCase(),
  max: (args) => Math.max(...numbers(args)),
  merge: (args) => Object.assign({}, ...args.map(object)) as unknown,
  min: (args) => Math.min(...numbers(args)),
  modulo: ([a, b]) => Number(a) % Number(b),
  multiply: ([a, b]) => Number(a) * Number(b),
  negate: ([a]) => -Number(a),
  not: ([a]) => a !== true,
  notequal: ([a, b]) => !same(a, b),
  or: ([a, b]) => a === true || b === true,
  parseint: ([a, base]) => Number.parseInt(text(a), Number(base)),
  pow: ([a, b]) => Number(a) ** Number(b),
  range: (args) => {
    const [start = 0, end = 0, step = 1] = args.length === 1 ? [0, ...numbers(args)] : numbers(args)
    const made: number[] = []
    for (let i = start; step > 0 ? i < end : i > end; i += step) {
      if (made.length >= 1024) throw new RangeError('more than 1024 values were generated.')
      made.push(i)
    }
    return made
  },
  regex: ([pattern, a]) => {
    const found = regular(pattern).exec(text(a))
    if (!found) throw new RangeError('pattern did not match any part of the given string.')
    if (found.groups) return { ...found.groups }
    return found.length > 1 ? found.slice(1) : found[0]
  },
  regex_replace: ([a, pattern, other]) =>
    text(a).replace(regular(pattern, 'g'), text(other).replace(/\$\{(\w+)\}/g, '$$$1')),
  regexall: ([pattern, a]) =>
    [...text(a).matchAll(regular(pattern, 'g'))].map((one) => (one.length > 1 ? one.slice(1) : one[0])),
  replace: ([a, from, to]) => text(a).replaceAll(text(from), text(to)),
  reverse: ([a]) => [...text(a)].reverse().join(''),
  reverselist: ([a]) => [...list(a)].reverse(),
  sanitize: ([a]) => text(a).replace(/[^a-zA-Z0-9_-]/g, '_'),
  setintersection: ([first, ...rest]) =>
    distinct(list(first)).filter((one) => rest.every((other) => list(other).some((x) => same(x, one)))),
  setunion: (args) => distinct(args.flatMap(list)),
  setsubtract: ([a, b]) => distinct(list(a)).filter((one) => !list(b).some((other) => same(other, one))),
  slice: ([a, from, to]) => list(a).slice(Number(from), Number(to)),
  sort: ([a]) => [...list(a)].map(text).sort(),
  split: ([separator, a]) => text(a).split(text(separator)),
  strlen: ([a]) => [...text(a)].length,
  substr: ([a, from, length]) => {
    const all = [...text(a)]
    const start = Number(from) < 0 ? all.length + Number(from) : Number(from)
    return all.slice(start, Number(length) < 0 ? undefined : start + Number(length)).join('')
  },
  subtract: ([a, b]) => Number(a) - Number(b),
  title: ([a]) => text(a).replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  trim: ([a, cut]) => trimmed(text(a), text(cut)),
  trimprefix: ([a, prefix]) => (text(a).startsWith(text(prefix)) ? text(a).slice(text(prefix).length) : text(a)),
  trimspace: ([a]) => text(a).trim(),
  trimsuffix: ([a, suffix]) =>
    text(suffix) !== '' && text(a).endsWith(text(suffix)) ? text(a).slice(0, -text(suffix).length) : text(a),
  upper: ([a]) => text(a).toUpperCase(),
  urlencode: ([a]) => encodeURIComponent(text(a)).replaceAll('%20', '+'),
  values: ([a]) =>
    Object.keys(object(a))
      .sort()
      .map((key) => object(a)[key]),
  zipmap: ([keys, values]) => Object.fromEntries(list(keys).map((key, i) => [text(key), list(values)[i]])),
}

function regular(pattern: unknown, flags = ''): RegExp {
  try {
    return new RegExp(text(pattern).replaceAll('(?P<', '(?<'), `u${flags}`)
  } catch {
    throw new RangeError('invalid regexp pattern.')
  }
}

function trimmed(value: string, cut: string): string {
  const letters = [...value]
  while (letters.length > 0 && cut.includes(letters[0] as string)) letters.shift()
  while (letters.length > 0 && cut.includes(letters.at(-1) as string)) letters.pop()
  return letters.join('')
}

function format([pattern, ...args]: readonly unknown[]): string {
  let at = 0
  return text(pattern).replace(
    /%(-?)(0?)(\d*)(?:\.(\d+))?([vsdtqfxX%])/g,
    (_, left: string, zero: string, width: string, digits: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      const value = args[at++]
      const plain = typeof value === 'object' ? JSON.stringify(value) : text(value)
      const shown =
        verb === 'q'
          ? JSON.stringify(text(value))
          : verb === 'f'
            ? Number(value).toFixed(Number(digits ?? 6))
            : verb === 'd'
              ? String(Math.trunc(Number(value)))
              : verb.toLowerCase() === 'x'
                ? Number(value).toString(16)
                : plain
      return left ? shown.padEnd(Number(width)) : shown.padStart(Number(width), zero === '' ? ' ' : '0')
    },
  )
}
