import { deflateSync, Inflate } from 'fflate'

/** Bytes as text for an address or a letter: packed, under a version and a checksum, so that no changed sign goes unnoticed. */
export function seal(plain: Uint8Array, version: number, dictionary: Uint8Array): string {
  const packed = deflateSync(plain, { level: 9, dictionary })
  const bytes = new Uint8Array(packed.length + 5)
  bytes[0] = version
  new DataView(bytes.buffer).setUint32(1, checksum(packed))
  bytes.set(packed, 5)
  return toBase64Url(bytes)
}

/**
 * What was sealed; undefined when anything of it is not as it was made, `later` when it seems to be of a later version.
 * Unpacking stops as soon as it holds more than `most` bytes, so that no text can fill the memory.
 */
export function unseal(
  text: string,
  version: number,
  most: number,
  dictionary: Uint8Array,
): Uint8Array | 'later' | undefined {
  const bytes = fromBase64Url(text)
  if (!bytes || bytes.length < 6) return undefined
  const found = bytes[0] ?? 0
  if (found !== version) return found > version && found < 16 ? 'later' : undefined
  const packed = bytes.subarray(5)
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) !== checksum(packed)) return undefined
  return inflateUpTo(packed, most, dictionary)
}

const PIECE = 512

function inflateUpTo(packed: Uint8Array, most: number, dictionary: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let size = 0
  let ended = false
  try {
    const inflate = new Inflate({ dictionary }, (part, final) => {
      size += part.length
      parts.push(part)
      ended ||= final
    })
    for (let at = 0; at < packed.length && size <= most; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length)
    }
  } catch {
    return undefined
  }
  if (!ended || size > most) return undefined
  const plain = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    plain.set(part, at)
    at += part.length
  }
  return plain
}

/** FNV-1a with a final mix: finds any change of one byte and all but one in four thousand million others. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    // The unused bits at the end must be those that we write, so that no two links mean the same.
    return toBase64Url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
