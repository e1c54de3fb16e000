import type { Box } from '../layout/box.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The nearest thing in a direction, as an eye would take it: what lies ahead counts, what is off to the side counts threefold.
 * Containers are passed over unless nothing else lies ahead of them; undefined at the edge.
 */
export function neighbour(
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction,
  parents: ReadonlyMap<string, string>,
): string | undefined {
  const start = boxes.get(from)
  if (!start) return undefined
  let best: { id: string; cost: number } | undefined
  for (const [id, box] of boxes) {
    if (id === from || isIn(from, id, parents)) continue
    const { ahead, aside } = offset(start, box, direction)
    const inner = isIn(id, from, parents)
    if (ahead <= 0 && !(inner && direction === 'down')) continue
    const cost = Math.abs(ahead) + aside * 3 + (inner && direction !== 'down' ? 1e6 : 0)
    if (!best || cost < best.cost) best = { id, cost }
  }
  return best?.id
}

/** All things in reading order: row by row, left to right. */
export function readingOrder(boxes: ReadonlyMap<string, Box>): readonly string[] {
  return [...boxes].sort(([, a], [, b]) => a.y - b.y || a.x - b.x).map(([id]) => id)
}

/** How far the top left corner of a box lies ahead, and how far off to the side the box is (0 when the two face each other). */
function offset(from: Box, to: Box, direction: Direction): { ahead: number; aside: number } {
  const gap = (a: number, aw: number, b: number, bw: number) => Math.max(0, b - (a + aw), a - (b + bw))
  switch (direction) {
    case 'right':
      return { ahead: to.x - from.x, aside: gap(from.y, from.h, to.y, to.h) + Math.abs(to.y - from.y) / 8 }
    case 'left':
      return { ahead: from.x - to.x, aside: gap(from.y, from.h, to.y, to.h) + Math.abs(to.y - from.y) / 8 }
    case 'down':
      return { ahead: to.y - from.y, aside: gap(from.x, from.w, to.x, to.w) + Math.abs(to.x - from.x) / 8 }
    case 'up':
      return { ahead: from.y - to.y, aside: gap(from.x, from.w, to.x, to.w) + Math.abs(to.x - from.x) / 8 }
  }
}

function isIn(id: string, container: string, parents: ReadonlyMap<string, string>): boolean {
  const parent = parents.get(id)
  return parent !== undefined && (parent === container || isIn(parent, container, parents))
}
