import type { Box } from './box.ts'

/** Where a dragged box comes to lie, and the lines that it has come to lie on. */
export interface Snapped {
  readonly x: number
  readonly y: number
  /** Upright lines by their x, level ones by their y; each with the stretch that it covers. */
  readonly guides: readonly Guide[]
}

export interface Guide {
  readonly upright: boolean
  readonly at: number
  readonly from: number
  readonly to: number
}

/** How near an edge must come to another to lie on it, in px at zoom 1. */
const REACH = 7

/** Lets a dragged box lie on the edges and middles of others that stand near: left, middle and right, top, middle and foot. */
export function snapped(box: Box, others: Iterable<Box>): Snapped {
  const across = { by: REACH, shift: 0, at: 0, other: undefined as Box | undefined }
  const down = { by: REACH, shift: 0, at: 0, other: undefined as Box | undefined }
  for (const other of others) {
    nearest(
      across,
      [box.x, box.x + box.w / 2, box.x + box.w],
      [other.x, other.x + other.w / 2, other.x + other.w],
      other,
    )
    nearest(down, [box.y, box.y + box.h / 2, box.y + box.h], [other.y, other.y + other.h / 2, other.y + other.h], other)
  }
  const [x, y] = [box.x + across.shift, box.y + down.shift]
  const guides: Guide[] = []
  if (across.other)
    guides.push({
      upright: true,
      at: across.at,
      from: Math.min(y, across.other.y),
      to: Math.max(y + box.h, across.other.y + across.other.h),
    })
  if (down.other)
    guides.push({
      upright: false,
      at: down.at,
      from: Math.min(x, down.other.x),
      to: Math.max(x + box.w, down.other.x + down.other.w),
    })
  return { x, y, guides }
}

interface Best {
  by: number
  shift: number
  at: number
  other: Box | undefined
}

/** Takes the smallest shift that brings one of the own lines onto one of the other's. Edges meet edges, middles meet middles. */
function nearest(best: Best, own: readonly number[], theirs: readonly number[], other: Box): void {
  for (const [i, line] of own.entries())
    for (const [k, at] of theirs.entries()) {
      const shift = at - line
      if ((i === 1) !== (k === 1) || Math.abs(shift) >= best.by) continue
      Object.assign(best, { by: Math.abs(shift), shift, at, other })
    }
}
