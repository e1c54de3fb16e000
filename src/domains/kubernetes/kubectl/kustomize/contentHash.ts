import { sha256 } from '@noble/hashes/sha2.js'
import { goJson } from '../../api/loose.ts'

/** The ten letters that kustomize puts after a generated name. Models: kustomize api/hasher: SHA-256 of the object's JSON, without vowels. */
export function contentHash(kind: string, name: string, data: Readonly<Record<string, string>>, type: string): string {
  const content = kind === 'Secret' ? { data, kind, name, type } : { data, kind, name }
  const bytes = sha256(new TextEncoder().encode(goJson(content)))
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  const swap: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }
  return [...hex.slice(0, 10)].map((c) => swap[c] ?? c).join('')
}
