import type { TraceHop } from '../../../host/views/index.ts'
import type { Box } from '../layout/box.ts'
import { pathOf } from '../route/path.ts'
import type { Route } from '../route/routes.ts'

/** The drawn way of a request: where each hop is, and the line that leads there from the hop before. */
export interface DrawnHop {
  /** Id of the box that stands for the hop; undefined where nothing drawn does. */
  readonly box: string | undefined
  readonly x: number
  readonly y: number
  /** `d` of the path from the hop before; empty where the request stays in its place. */
  readonly path: string
}

/** Places a traced request on the picture. Lines that are drawn are followed; where there is none the way is straight. */
export function wayOf(
  hops: readonly TraceHop[],
  boxes: ReadonlyMap<string, Box>,
  routes: readonly Route[],
): readonly DrawnHop[] {
  const way: DrawnHop[] = []
  for (const { places } of hops) {
    const before = way.at(-1)
    const id = places.find((one) => boxes.has(one)) ?? before?.box
    const box = id === undefined ? undefined : boxes.get(id)
    if (!box || id === undefined) {
      way.push({ box: undefined, x: before?.x ?? 0, y: before?.y ?? 0, path: '' })
      continue
    }
    if (id === before?.box) {
      way.push({ ...before, path: '' })
      continue
    }
    const line =
      before && routes.find(({ edge }) => edge.from === before.box && edge.to === id && edge.kind === 'traffic')
    const [x, y] = line
      ? [line.corners.at(-2) ?? box.x, line.corners.at(-1) ?? box.y]
      : [box.x + box.w / 2, box.y + Math.min(box.h / 2, 14)]
    const path = line ? pathOf(line.corners) : before ? `M${before.x} ${before.y}L${x} ${y}` : ''
    way.push({ box: id, x, y, path })
  }
  return way
}
