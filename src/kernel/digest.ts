import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PastEvent } from './event.ts'

/** SHA-256 over the events of a journal, or of its beginning: equal digests mean equal histories, in Node and in the browser. */
export function digest(journal: Iterable<PastEvent>): string {
  const hash = sha256.create()
  for (const event of journal) hash.update(utf8ToBytes(`${stable(event)}\n`))
  return bytesToHex(hash.digest())
}

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function stable(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key]
    if (field !== undefined) parts.push(`${JSON.stringify(key)}:${stable(field)}`)
  }
  return `{${parts.join(',')}}`
}
