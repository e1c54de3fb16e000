import type { Json } from '../../kernel/json.ts'
import { JqProblem } from './problem.ts'
import { describe, error } from './reading.ts'

/** A value as text, as `@csv` and the like write it. */
export function formatValue(name: string, value: Json): string {
  const plain = typeof value === 'string' ? value : JSON.stringify(value)
  switch (name) {
    case 'text':
      return plain
    case 'json':
      return JSON.stringify(value)
    case 'csv':
      return row(value, 'csv', (text) => `"${text.replaceAll('"', '""')}"`, ',')
    case 'tsv':
      return row(
        value,
        'tsv',
        (text) => text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n'),
        '\t',
      )
    case 'html':
      return plain.replace(
        /[<>&'"]/g,
        (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' })[c] ?? c,
      )
    case 'uri':
      return encodeURIComponent(plain)
    case 'sh':
      return (Array.isArray(value) ? (value as readonly Json[]) : [value])
        .map((one) => (typeof one === 'string' ? `'${one.replaceAll("'", "'\\''")}'` : JSON.stringify(one)))
        .join(' ')
    case 'base64':
      return btoa(String.fromCharCode(...new TextEncoder().encode(plain)))
    case 'base64d':
      try {
        return new TextDecoder().decode(Uint8Array.from(atob(plain.replace(/=+$/, '')), (c) => c.charCodeAt(0)))
      } catch {
        throw error(`${describe(value)} is not valid base64 data`)
      }
    default:
      throw new JqProblem(`jq: error: ${name} is not a valid format at <top-level>, line 1:\njq: 1 compile error`, 3)
  }
}

function row(value: Json, name: string, quote: (text: string) => string, separator: string): string {
  if (!Array.isArray(value)) throw error(`${describe(value)} cannot be ${name}-formatted, only an array can be`)
  return (value as readonly Json[])
    .map((one) => {
      if (one !== null && typeof one === 'object') throw error(`${describe(one)} is not valid in a ${name} row`)
      return typeof one === 'string' ? quote(one) : one === null ? '' : String(one)
    })
    .join(separator)
}
