import type { Json } from '../kernel/index.ts'

/** An output as JSON; documented ones are read although a comma is missing or something is left out. */
export function looseJson(text: string): Json | undefined {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed)) return undefined
  const mended = closed(trimmed.replace(/[\u201c\u201d]/g, '"'))
    .replace(/^\s*(?:\.\.\..*|#.*|<.*>)\s*,?\s*$/gm, '')
    .replace(/,?\s*\.\.\.\s*(?=[\]}])/g, '')
    .replace(/(["\]}\d]|true|false|null)(\s*\n\s*)(?=["{[])/g, '$1,$2')
    .replace(/,(\s*,)+/g, ',')
    .replace(/,(\s*[\]}])/g, '$1')
  for (const candidate of [trimmed, mended, `${mended}}`, mended.replace(/\}\s*$/, '')]) {
    try {
      return JSON.parse(candidate) as Json
    } catch {}
  }
  return undefined
}

/** Lines whose quotes do not close, closed; a text that goes on in the next line is drawn together. */
function closed(text: string): string {
  const out: string[] = []
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i] ?? ''
    while (odd(line) && i + 1 < lines.length && !/^\s*["\]}]/.test(lines[i + 1] ?? ''))
      line += `\\n${(lines[++i] ?? '').trim()}`
    out.push(odd(line) ? line.replace(/,?\s*$/, '"') : line)
  }
  return out.join('\n')
}

function odd(line: string): boolean {
  return (line.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1
}

/** The code of the refusal in an output. */
export function errorCode(text: string): string | undefined {
  return /An error occurred \(([\w.]+)\)/.exec(text)?.[1]
}

/**
 * How an output differs from a documented one: the same keys with values of the same types, the same error code. Values are not
 * compared: ids, times, counts and addresses differ from page to page.
 */
export function differenceOfAws(documented: string, actual: string): string | undefined {
  const wanted = errorCode(documented)
  const given = errorCode(actual)
  if (wanted !== undefined || given !== undefined)
    return wanted === given
      ? undefined
      : `error: expected ${wanted ?? 'none'}, got ${given ?? 'none'}: ${actual.trim().slice(0, 300)}`
  if (documented.trim() === '') return actual.trim() === '' ? undefined : `printed: ${actual.trim().slice(0, 200)}`
  const expected = looseJson(documented)
  if (expected === undefined) {
    const arn = /^arn:aws:([\w-]+):[^\s:]*:[^\s:]*:([\w-]+)[:/]\S+$/.exec(documented.trim())
    if (arn)
      return new RegExp(`arn:aws:${arn[1]}:[^\\s:]*:\\d+:${arn[2]}[:/]`).test(actual)
        ? undefined
        : `no ARN: ${actual.trim().slice(0, 200)}`
    const columns = (text: string) => text.trim().split('\n')[0]?.split('\t').length
    if (looseJson(actual) !== undefined) return 'JSON instead of text'
    return actual.trim() !== '' && columns(documented) === columns(actual)
      ? undefined
      : `text: got ${actual.trim().slice(0, 200)}`
  }
  const found = looseJson(actual)
  if (found === undefined) return `no JSON: ${actual.trim().slice(0, 300)}`
  return different(expected, found, '')
}

function different(expected: Json, found: Json | undefined, path: string): string | undefined {
  if (found === undefined) return `${path || 'output'}: not there`
  if (expected === null) return undefined
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return `${path}: expected a list, got ${typeof found}`
    if (expected.length > 0 && found.length === 0) return `${path}: is empty`
    for (const one of expected.slice(0, 1)) {
      const whys = found.map((other: Json) => different(one as Json, other, `${path}[]`))
      if (whys.every((why) => why !== undefined)) return whys[0]
    }
    return undefined
  }
  if (typeof expected === 'object') {
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return `${path}: expected an object`
    for (const [key, value] of Object.entries(expected)) {
      const other = (found as { readonly [key: string]: Json | undefined })[key]
      if (other === undefined && (nothing(value as Json) || /^(next)?(token|marker)$/i.test(key))) continue
      const why = different(value as Json, other, path === '' ? key : `${path}.${key}`)
      if (why !== undefined) return why
    }
    return undefined
  }
  if (typeof expected === typeof found) return undefined
  const times = [expected, found].every(
    (one) => typeof one === 'number' || /^\d{4}-\d\d-\d\d|^\d{9,}/.test(String(one)),
  )
  return times ? undefined : `${path}: expected a ${typeof expected}, got ${found === null ? 'null' : typeof found}`
}

function nothing(value: Json): boolean {
  return (
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}
