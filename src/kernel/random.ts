/**
 * A number in [0, 1) that depends on nothing but its keys: the same seed and keys always draw the same.
 * Stateless, so that looking at the world never changes what chance will bring.
 */
export function draw(seed: number, ...keys: readonly (string | number)[]): number {
  let hash = mix(seed | 0, 0x9e3779b9)
  for (const key of keys) {
    if (typeof key === 'number') hash = mix(hash, key | 0)
    else for (let i = 0; i < key.length; i++) hash = mix(hash, key.charCodeAt(i))
    hash = mix(hash, 0x85ebca6b)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x7feb352d)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x846ca68b)
  hash ^= hash >>> 16
  return (hash >>> 0) / 4294967296
}

function mix(hash: number, value: number): number {
  let h = hash ^ value
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 12)) + 0x6d2b79f5
}

/** `length` characters of `alphabet` drawn with the given keys. */
export function drawText(
  alphabet: string,
  length: number,
  seed: number,
  ...keys: readonly (string | number)[]
): string {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(draw(seed, i, ...keys) * alphabet.length)]
  return text
}
