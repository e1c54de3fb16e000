import { drawText, type World } from '../../../kernel/index.ts'
import { timestamp } from '../object/object.ts'

/** Letters and digits that cannot make a bad word. Models: apimachinery pkg/util/rand alphanums. */
export const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** Longest base of a generated name; with its five random characters it makes 63. */
const LONGEST_BASE = 58

/** A name of `base` and five drawn characters that `taken` does not refuse. `salt` tells several names of one instant apart. */
export function generatedName(
  world: World,
  base: string,
  salt: string | number,
  taken: (name: string) => boolean,
): string {
  const stem = base.length > LONGEST_BASE ? base.slice(0, LONGEST_BASE) : base
  for (let attempt = 0; ; attempt++) {
    const name = stem + drawText(SAFE_ALPHABET, 5, world.seed, stem, world.revision, salt, attempt)
    if (!taken(name)) return name
  }
}

/** A version 4 UUID of the seed for the object that comes to have this entity id now. */
export function drawnUid(world: World, id: string): string {
  const a = word(world.draw('uid', id, world.revision, 0))
  const b = word(world.draw(id, world.revision, 1))
  const c = word(world.draw(id, world.revision, 2))
  const d = word(world.draw(id, world.revision, 3))
  const variant = VARIANTS[Number.parseInt(c.slice(0, 1), 16) & 3]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
}

/** `now` as a timestamp; remembered, since very many objects are made in one second. */
export function nowText(world: World): string {
  const second = Math.floor(world.now / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = timestamp(world.now)
  }
  return lastText
}

const VARIANTS = ['8', '9', 'a', 'b']
let lastSecond = -1
let lastText = ''

function word(drawn: number): string {
  return Math.floor(drawn * 4294967296)
    .toString(16)
    .padStart(8, '0')
}
