const BASE = 107_927
const CHUNK = 64

/** How often each chunk of a text occurs, in bytes by hash: what similarity is counted by. */
export interface Chunks {
  readonly size: number
  readonly counts: ReadonlyMap<number, number>
}

export const MOST_SCORE = 60_000

const encoder = new TextEncoder()
const memo = new Map<string, Chunks>()

/** Cuts a text at newlines and every 64 bytes. Models: git diffcore-delta.c hash_chars */
export function chunksOf(id: string, text: string): Chunks {
  const known = memo.get(id)
  if (known) return known
  const bytes = encoder.encode(text)
  const counts = new Map<number, number>()
  let a = 0
  let b = 0
  let n = 0
  const close = (): void => {
    const hash = ((a + Math.imul(b, 0x61)) >>> 0) % BASE
    counts.set(hash, (counts.get(hash) ?? 0) + n)
    a = b = n = 0
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === 13 && bytes[at + 1] === 10) continue
    const before = a
    a = ((a << 7) ^ (b >>> 25)) >>> 0
    b = ((b << 7) ^ (before >>> 25)) >>> 0
    a = (a + byte) >>> 0
    n++
    if (n >= CHUNK || byte === 10) close()
  }
  if (n > 0) close()
  const chunks = { size: bytes.length, counts }
  if (memo.size > 4000) memo.clear()
  memo.set(id, chunks)
  return chunks
}

/** How much of the greater of two texts is common, of 60000; 0 when it cannot reach `least`. Models: git estimate_similarity */
export function similarity(from: Chunks, to: Chunks, least: number): number {
  const most = Math.max(from.size, to.size)
  const delta = most - Math.min(from.size, to.size)
  if (most * (MOST_SCORE - least) < delta * MOST_SCORE) return 0
  if (most === 0) return 0
  let copied = 0
  for (const [hash, count] of from.counts) copied += Math.min(count, to.counts.get(hash) ?? 0)
  return Math.floor((copied * MOST_SCORE) / most)
}
