/** The release that the lab models; `detailByVersion` and `since`/`until` are read for it. */
export const MODELLED = '1.35'

type Shape = { readonly [key: string]: unknown }

/**
 * Says where `actual` differs from `expected`, or nothing. Keys that `expected` lacks are not asserted; numbers agree within 1e-9;
 * lists compare in order unless they stand under a name in `sets`.
 */
export function difference(
  expected: unknown,
  actual: unknown,
  sets: ReadonlySet<string> = new Set(),
  path = '',
): string | undefined {
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) <= 1e-9 ? undefined : mismatch(path, expected, actual)
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return mismatch(path, expected, actual)
    const set = sets.has(path.slice(path.lastIndexOf('.') + 1))
    const [wanted, got] = set ? [sorted(expected), sorted(actual)] : [expected, actual]
    for (const [i, item] of wanted.entries()) {
      const found = difference(item, got[i], sets, `${path}[${i}]`)
      if (found) return found
    }
    return undefined
  }
  if (isShape(expected)) {
    if (!isShape(actual)) return mismatch(path, expected, actual)
    for (const [key, value] of Object.entries(expected)) {
      const found = difference(value, actual[key], sets, path === '' ? key : `${path}.${key}`)
      if (found) return found
    }
    return undefined
  }
  if (expected === null) return actual === null || actual === undefined ? undefined : mismatch(path, expected, actual)
  return expected === actual ? undefined : mismatch(path, expected, actual)
}

/** Whether a case with these bounds holds in the modelled release. */
export function holds({ since, until }: { readonly since?: string; readonly until?: string }): boolean {
  return (
    (since === undefined || compareReleases(since, MODELLED) <= 0) &&
    (until === undefined || compareReleases(until, MODELLED) >= 0)
  )
}

/** Field errors agree when every expected one is there and no other; order and repeats do not count. */
export function differenceOfFieldErrors(expected: readonly Shape[], actual: readonly Shape[]): string | undefined {
  const left = [
    ...new Map(actual.map((error) => [JSON.stringify([error.field, error.reason, error.detail]), error])).values(),
  ]
  const wanted = [...new Map(expected.map((error) => [JSON.stringify(error), error])).values()]
  for (const error of wanted) {
    const i = left.findIndex((other) => agrees(error, other))
    if (i < 0) return `no such error: ${JSON.stringify(error)}; errors were ${JSON.stringify(actual)}`
    left.splice(i, 1)
  }
  return left.length === 0 ? undefined : `unexpected: ${JSON.stringify(left)}`
}

function agrees(expected: Shape, actual: Shape): boolean {
  if (expected.field !== undefined && expected.field !== actual.field) return false
  if (expected.reason !== undefined && expected.reason !== actual.reason) return false
  const detail = String(actual.detail ?? '')
  const versions = expected.detailByVersion
  if (isShape(versions)) return forRelease(versions).some((text) => text === detail)
  if (typeof expected.detailPrefix === 'string') return detail.startsWith(expected.detailPrefix)
  if (typeof expected.detail === 'string' && expected.detail !== detail) return false
  return typeof expected.message !== 'string' || actual.message === undefined || expected.message === actual.message
}

/** Texts of `{"<=1.34": "...", ">=1.35": "...", "1.31-1.35": "..."}` that hold in the modelled release; all of them when none can be read. */
function forRelease(versions: Shape): readonly unknown[] {
  const holding = Object.entries(versions).filter(([range]) => inRange(range))
  return (holding.length > 0 ? holding : Object.entries(versions)).map(([, text]) => text)
}

function inRange(range: string): boolean {
  const trimmed = range.replaceAll(' ', '')
  const [, from, to] = /^v?(\d+\.\d+)(?:-|\.\.|–)v?(\d+\.\d+)$/.exec(trimmed) ?? []
  if (from !== undefined && to !== undefined)
    return compareReleases(from, MODELLED) <= 0 && compareReleases(MODELLED, to) <= 0
  const [, sign, version] = /^(<=|>=|<|>|≤|≥|)v?(\d+\.\d+)(\+?)$/.exec(trimmed) ?? []
  if (version === undefined) return false
  const order = compareReleases(MODELLED, version)
  if (sign === '<=' || sign === '≤') return order <= 0
  if (sign === '>=' || sign === '≥' || trimmed.endsWith('+')) return order >= 0
  if (sign === '<') return order < 0
  if (sign === '>') return order > 0
  return order === 0
}

function compareReleases(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number))
  return (x?.[0] ?? 0) - (y?.[0] ?? 0) || (x?.[1] ?? 0) - (y?.[1] ?? 0)
}

function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function mismatch(path: string, expected: unknown, actual: unknown): string {
  return `${path === '' ? 'answer' : path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`
}
