import type { SceneNode } from '../../../host/views/scene.view.ts'
import type { Box } from './box.ts'
import { textWidth } from './sizes.ts'

/** Ids of the frames whose name stands at the right end of their upper border, because a line comes down through the left one. */
export function legendsAtRight(
  nodes: readonly SceneNode[],
  boxes: ReadonlyMap<string, Box>,
  lines: readonly (readonly number[])[],
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { id, shape, look } of nodes) {
    const box = shape === 'frame' ? boxes.get(id) : undefined
    if (!box) continue
    // Names grow as the picture gets smaller.
    const w = Math.min(box.w - 28, textWidth(`${look.title} ${look.note ?? ''}`, 12) * 1.15 + 24)
    const left = { from: box.x + 10, to: box.x + 14 + w }
    const right = { from: box.x + box.w - 14 - w, to: box.x + box.w - 10 }
    if (isCrossed(left, box.y, lines) && !isCrossed(right, box.y, lines)) found.add(id)
  }
  return found
}

/** Whether an upright piece of a line crosses a level stretch. */
function isCrossed(
  { from, to }: { readonly from: number; readonly to: number },
  y: number,
  lines: readonly (readonly number[])[],
): boolean {
  return lines.some((corners) => {
    for (let i = 0; i + 3 < corners.length; i += 2) {
      const [x1, y1, x2, y2] = corners.slice(i, i + 4) as [number, number, number, number]
      if (x1 !== x2 || x1 < from || x1 > to) continue
      if (Math.min(y1, y2) < y + 9 && Math.max(y1, y2) > y - 9) return true
    }
    return false
  })
}
