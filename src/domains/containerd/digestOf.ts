import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The digest that stands for a text: `sha256:...`, the hash of the text itself. Unlike a registry, which hashes the manifest: ours has
 * none, and the name tells images apart just as well.
 */
export function digestOf(text: string): string {
  let digest = digests.get(text)
  if (digest === undefined) {
    digest = `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`
    digests.set(text, digest)
  }
  return digest
}

/** Hashes made so far; a function of the text alone. */
const digests = new Map<string, string>()
