import type { SceneEdge, SceneNode } from '../../../host/views/scene.view.ts'
import type { Box } from '../layout/box.ts'
import { type Corners, straightened } from './path.ts'

/** A line between two things, and where its label stands. */
export interface Route {
  readonly edge: SceneEdge
  readonly corners: Corners
  /** Ends in a cross: leads nowhere any more. */
  readonly cut: boolean
  /** Lines from one thing into one box are told about together, under one key. */
  readonly bundle: string
}

/** What routing needs to know of the picture. */
export interface Picture {
  readonly boxes: ReadonlyMap<string, Box>
  readonly parents: ReadonlyMap<string, string>
  readonly shapes: ReadonlyMap<string, SceneNode['shape']>
  readonly channel: number
}

const GUTTER = 7
/** Distance between the channels of different sources, and how many there are before they are shared. */
const LANE = { apart: 6, most: 3 }

/**
 * Lines of horizontal and vertical pieces. Between cards they take the nearest sides; into a box they run along the channel above the
 * boxes, down the box's own gutter, and turn off to the chip: lines to chips of one box share that trunk.
 */
export function routesOf(edges: readonly SceneEdge[], picture: Picture): readonly Route[] {
  const lanes = new Map<string, number>()
  const routes: Route[] = []
  for (const edge of edges) {
    const from = picture.boxes.get(edge.from)
    if (!from) continue
    const to = picture.boxes.get(edge.to)
    const bundle = `${edge.from}>${trunkOf(edge.to, picture) ?? edge.to}>${edge.kind}`
    if (edge.to === edge.from) {
      routes.push({ edge, corners: stubAside(from), cut: true, bundle })
      continue
    }
    if (!to) {
      if (edge.kind === 'stale') routes.push({ edge, corners: stub(from), cut: true, bundle })
      continue
    }
    const corners = straightened(corner(edge, from, to, picture, lanes))
    if (corners.length >= 4) routes.push({ edge, corners, cut: edge.kind === 'stale', bundle })
  }
  return routes
}

/** Id of the box whose gutter leads to a thing. */
function trunkOf(id: string, { parents, shapes }: Picture): string | undefined {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) if (shapes.get(at) === 'host') return at
  // Chips that stand in a place itself are reached along its left side.
  const place = parents.get(id)
  return shapes.get(id) === 'chip' && place !== undefined && shapes.get(place) === 'frame' ? place : undefined
}

function corner(edge: SceneEdge, from: Box, to: Box, picture: Picture, lanes: Map<string, number>): Corners {
  const [out, into] = [trunkOf(edge.from, picture), trunkOf(edge.to, picture)]
  const gutter = (id: string) => (picture.boxes.get(id)?.x ?? 0) + GUTTER
  const lane = () => {
    const given = lanes.get(edge.from) ?? lanes.size % LANE.most
    lanes.set(edge.from, given)
    return picture.channel - (given - 1) * LANE.apart
  }
  const [fromY, toY] = [middleY(from), middleY(to)]
  if (out !== undefined && out === into) return [from.x, fromY, gutter(out), fromY, gutter(out), toY, to.x, toY]
  if (out !== undefined && into !== undefined) {
    const y = lane()
    return [from.x, fromY, gutter(out), fromY, gutter(out), y, gutter(into), y, gutter(into), toY, to.x, toY]
  }
  if (into !== undefined) {
    if (from.y + from.h > to.y) return between(from, to, picture)
    const y = Math.max(lane(), from.y + from.h + 8)
    const down = isBarred(into, gutter(into), y, picture) ? beside(into, picture) : gutter(into)
    return [middleX(from), from.y + from.h, middleX(from), y, down, y, down, toY, to.x, toY]
  }
  if (out !== undefined) {
    if (to.y + to.h > from.y) return between(from, to, picture)
    const y = Math.max(lane(), to.y + to.h + 8)
    return [from.x, fromY, gutter(out), fromY, gutter(out), y, middleX(to), y, middleX(to), to.y + to.h]
  }
  return between(from, to, picture)
}

/** Whether another machine stands above a box, where a line would come down its gutter. */
function isBarred(id: string, x: number, from: number, { boxes, shapes }: Picture): boolean {
  const own = boxes.get(id)
  if (!own) return false
  for (const [other, box] of boxes)
    if (
      other !== id &&
      shapes.get(other) === 'host' &&
      box.x < x &&
      box.x + box.w > x &&
      box.y + box.h > from &&
      box.y + box.h <= own.y
    )
      return true
  return false
}

/** A way down at the left of a box and of the place that it is in. */
function beside(id: string, { boxes, parents, shapes }: Picture): number {
  const parent = parents.get(id)
  const place = parent !== undefined && shapes.get(parent) === 'frame' ? boxes.get(parent) : undefined
  const box = place ?? boxes.get(id)
  return box ? Math.round(box.x - 5) : 0
}

/** The shortest way with at most two turns between two boxes that stand free; out at the side where only one turn is needed then. */
function between(from: Box, to: Box, picture: Picture): Corners {
  const apartY = to.y >= from.y + from.h ? 1 : from.y >= to.y + to.h ? -1 : 0
  const apartX = to.x >= from.x + from.w ? 1 : from.x >= to.x + to.w ? -1 : 0
  if (apartX !== 0 && (apartY === 0 || overlapY(from, to) > 8)) {
    const y = clampInto(middleY(to), from.y + 8, from.y + from.h - 8)
    const end = clampInto(y, to.y + 8, to.y + to.h - 8)
    const [ax, bx] = apartX > 0 ? [from.x + from.w, to.x] : [from.x, to.x + to.w]
    const turn = (ax + bx) / 2
    return [ax, y, turn, y, turn, end, bx, end]
  }
  const down = middleX(to)
  if (apartY > 0 && (down > from.x + from.w + 40 || down < from.x - 40)) {
    const side = down > from.x ? from.x + from.w : from.x
    const y = middleY(from)
    if (isFree(Math.min(side, down), y, Math.max(side, down), to.y, down, from, to, picture))
      return [side, y, down, y, down, to.y]
  }
  const x = clampInto(middleX(from), from.x + 8, from.x + from.w - 8)
  const end = Math.abs(middleX(to) - x) < 40 && x > to.x + 8 && x < to.x + to.w - 8 ? x : middleX(to)
  const [ay, by] = apartY >= 0 ? [from.y + from.h, to.y] : [from.y, to.y + to.h]
  const turn = (ay + by) / 2
  return [x, ay, x, turn, end, turn, end, by]
}

/** Whether no card stands in the way of a line across at `y` and then down at `down`. */
function isFree(
  left: number,
  y: number,
  right: number,
  foot: number,
  down: number,
  from: Box,
  to: Box,
  { boxes, shapes }: Picture,
): boolean {
  for (const [id, box] of boxes) {
    if (shapes.get(id) !== 'card' || box === from || box === to) continue
    const across = box.y < y + 10 && box.y + box.h > y - 10 && box.x < right + 8 && box.x + box.w > left - 8
    const along = box.x < down + 8 && box.x + box.w > down - 8 && box.y < foot - 1 && box.y + box.h > y
    if (across || along) return false
  }
  return true
}

function overlapY(a: Box, b: Box): number {
  return Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
}

/** A short end that leads nowhere. */
function stub(from: Box): Corners {
  return [middleX(from), from.y + from.h, middleX(from), from.y + from.h + 22]
}

/** Requests that find no one: a short end at the side. */
function stubAside(from: Box): Corners {
  return [from.x + from.w, middleY(from), from.x + from.w + 96, middleY(from)]
}

function middleX({ x, w }: Box): number {
  return Math.round(x + w / 2)
}

function middleY({ y, h }: Box): number {
  return Math.round(y + Math.min(h, 56) / 2)
}

function clampInto(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}
