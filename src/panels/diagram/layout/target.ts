import { type Box, holds } from './box.ts'

/** The innermost thing under a point, leaving out one thing with all that is in it. */
export function thingAt(
  boxes: ReadonlyMap<string, Box>,
  parents: ReadonlyMap<string, string>,
  x: number,
  y: number,
  without?: string,
): string | undefined {
  let found: string | undefined
  for (const [id, box] of boxes) if (holds(box, x, y) && !isOf(id, without, parents)) found = id
  return found
}

function isOf(id: string, root: string | undefined, parents: ReadonlyMap<string, string>): boolean {
  if (root === undefined) return false
  return id === root || isOf(parents.get(id) ?? '', parents.has(id) ? root : undefined, parents)
}
