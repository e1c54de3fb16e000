import type { World } from '../../../kernel/index.ts'

/** So many hexadecimal digits that look like chance: the same for the same world, moment and keys. */
export function hexId(world: World, length: number, ...keys: readonly (string | number)[]): string {
  let text = ''
  for (let part = 0; text.length < length; part++)
    text += Math.floor(world.draw('id', world.revision, part, ...keys) * 0x100000000)
      .toString(16)
      .padStart(8, '0')
  return text.slice(0, length)
}

/** An id in the form of a version 4 UUID. */
export function uuid(world: World, ...keys: readonly (string | number)[]): string {
  const hex = hexId(world, 32, ...keys)
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
