/** What an item is: the same everywhere, whoever opens it. */
export interface ItemKey {
  /** Id of its template. */
  readonly template: string
  readonly seed: number
  readonly level: number
  readonly version: number
}

/** How many seeds there are for one template. */
export const SEEDS = 4096
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const VERSIONS = 32

/** The code of an item, as `K74Q-293X`: 14 bits for the template, 12 for the seed, 2 for the level, 5 for the version, 7 to check them. */
export function codeOf({ template, seed, level, version }: ItemKey): string {
  const body = ((templateNumber(template) * SEEDS + (seed % SEEDS)) * 4 + (level & 3)) * VERSIONS + (version % VERSIONS)
  let number = body * 128 + checkOf(body)
  let text = ''
  for (let i = 0; i < 8; i++) {
    text = (LETTERS[number % 32] ?? '') + text
    number = Math.floor(number / 32)
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** What a code stands for: the template as its number. Undefined for a code with a slip of the pen. O, I and L are read as they look. */
export function readCode(code: string): { number: number; seed: number; level: number; version: number } | undefined {
  const text = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (text.length !== 8) return undefined
  let number = 0
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter)
    if (digit < 0) return undefined
    number = number * 32 + digit
  }
  const body = Math.floor(number / 128)
  if (number % 128 !== checkOf(body)) return undefined
  const upper = Math.floor(body / VERSIONS / 4)
  return {
    number: Math.floor(upper / SEEDS),
    seed: upper % SEEDS,
    level: Math.floor(body / VERSIONS) % 4,
    version: body % VERSIONS,
  }
}

/** The number that stands for a template in codes: 14 bits of its id. A test sees to it that no two share one. */
export function templateNumber(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0
  return (hash ^ (hash >>> 14)) & 0x3fff
}

function checkOf(body: number): number {
  let sum = 17
  for (let rest = body; rest > 0; rest = Math.floor(rest / 128)) sum = (sum * 31 + (rest % 128)) % 127
  return sum
}
