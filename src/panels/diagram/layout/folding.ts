import type { SceneNode } from '../../../host/views/scene.view.ts'
import { type Arrangement, arrange, type Shape } from './arrange.ts'
import type { Join } from './links.ts'
import { Places } from './places.ts'

/** What there is to show a picture in, px. */
export interface Room {
  readonly w: number
  readonly h: number
}

/** A picture of more things than this is not tried in several shapes. */
const MOST_THINGS = 400
const WIDTHS = [1150, 900, 700, 520, 400]
/** Beyond this zoom nothing is gained by fitting better. */
const NEAR_ENOUGH = 1.1
/** Another shape must let things be so much larger, or the picture stays as it is. */
const GAIN = 1.07

/**
 * The shape in which a picture can be seen largest in a room. What it has now stays unless another is clearly better, so that a newcomer
 * turns nothing over.
 */
export function bestShape(
  nodes: readonly SceneNode[],
  open: boolean,
  joins: readonly Join[],
  room: Room,
  now: Shape = {},
): Shape {
  if (room.w <= 0 || room.h <= 0 || nodes.length > MOST_THINGS) return {}
  const seen = (shape: Shape) => zoomIn(arrange(nodes, open, new Places(), {}, joins, shape), room)
  let best = { shape: now, zoom: seen(now) }
  if (best.zoom >= NEAR_ENOUGH) return now
  const places = nodes.filter(({ shape, parent }) => shape === 'frame' && parent === undefined).length
  const perRows = places > 1 ? [undefined, 1, 2] : [undefined]
  const kept = best.zoom
  for (const perRow of perRows)
    for (const wide of [undefined, ...WIDTHS]) {
      const shape: Shape = { wide, perRow }
      const zoom = Math.min(NEAR_ENOUGH, seen(shape))
      if (zoom > kept * GAIN && zoom > best.zoom + 0.005) best = { shape, zoom }
    }
  return best.shape
}

function zoomIn({ bounds }: Arrangement, room: Room): number {
  return Math.min(room.w / Math.max(1, bounds.w), room.h / Math.max(1, bounds.h))
}
