import type { Fleet } from '../../../host/views/fleet.view.ts'
import type { Box } from '../layout/box.ts'

/** Px: a cell and the distance between two, the inset of a tile and the distance between two tiles. */
export const CELL = { size: 10, pitch: 12, inset: 5, apart: 5 } as const
const FRAME = { side: 12, head: 36, zone: 24, gap: 14 } as const
/** Room for so many chips a tile; the next step is taken when one host has more. */
const STEPS = [24, 40, 60, 112, 180, 256, 512]

/** Where each tile and each frame of the fleet is. */
export interface FleetLayout {
  readonly frames: readonly {
    readonly index: number
    readonly box: Box
    readonly leaf: boolean
    readonly hosts: number
  }[]
  /** Upper left corners of the hosts' tiles: x, y, x, y. */
  readonly tiles: Float32Array
  /** Index in the cells at which each host's chips begin; one more at the end. */
  readonly starts: Uint32Array
  readonly tile: { readonly w: number; readonly h: number; readonly columns: number }
  /** Where the cells without a host begin, and how many stand in a row. */
  readonly waiting: { readonly x: number; readonly y: number; readonly columns: number }
  readonly bounds: Box
  /** How many times larger the room for names is than at zoom 1. */
  readonly far: number
}

/** Packs hosts as tiles into their frames, frames into theirs; `aspect` is how wide the whole should be for its height. */
export function fleetLayout(
  { frames, hosts, waiting }: Pick<Fleet, 'frames' | 'hosts' | 'waiting'>,
  aspect: number,
): FleetLayout {
  const most = hosts.count.reduce((a, b) => Math.max(a, b), 0)
  const room = STEPS.find((step) => step >= most) ?? most
  const columns = room <= 24 ? 4 : Math.ceil(Math.sqrt(room / 1.5))
  const tile = {
    columns,
    w: columns * CELL.pitch - 2 + 2 * CELL.inset,
    h: Math.ceil(room / columns) * CELL.pitch - 2 + 2 * CELL.inset,
  }
  const starts = new Uint32Array(hosts.count.length + 1)
  hosts.count.forEach((count, i) => {
    starts[i + 1] = (starts[i] as number) + count
  })
  const members = new Map<number, number[]>()
  hosts.frame.forEach((frame, host) => {
    const key = frame < frames.length ? frame : -1
    const list = members.get(key)
    if (list) list.push(host)
    else members.set(key, [host])
  })
  const tiles = new Float32Array(hosts.count.length * 2)
  // A large fleet is seen from afar: its names need more room, as they keep their size on the screen.
  const far = Math.max(1, Math.sqrt((hosts.count.length * tile.w * tile.h) / 600_000))
  const placed: FleetLayout['frames'][number][] = []
  const [stepX, stepY] = [tile.w + CELL.apart, tile.h + CELL.apart]

  const tilesAt = (list: readonly number[], x: number, y: number, wide: number): { w: number; h: number } => {
    const across = Math.max(1, Math.ceil(Math.sqrt((list.length * wide * stepY) / stepX)))
    list.forEach((host, i) => {
      tiles[host * 2] = x + (i % across) * stepX
      tiles[host * 2 + 1] = y + Math.floor(i / across) * stepY
    })
    const used = Math.min(across, list.length)
    return {
      w: Math.max(0, used * stepX - CELL.apart),
      h: Math.max(0, Math.ceil(list.length / across) * stepY - CELL.apart),
    }
  }
  const childrenOf = (index: number) => frames.flatMap((frame, i) => (frame.parent === index ? [i] : []))
  const frameAt = (
    index: number,
    x: number,
    y: number,
    wide: number,
    top: boolean,
  ): { w: number; h: number; n: number } => {
    const inner = childrenOf(index)
    const own = members.get(index) ?? []
    const head = (top ? FRAME.head : FRAME.zone) * far
    const side = top ? FRAME.side : 0
    const at = placed.length
    placed.push({ index, box: { x, y, w: 0, h: 0 }, leaf: inner.length === 0, hosts: 0 })
    let [right, bottom, n] = [x + side, y + head, own.length]
    for (const child of inner) {
      const size = frameAt(child, right + (right > x + side ? FRAME.gap : 0), y + head, wide / inner.length, false)
      right += size.w + (right > x + side ? FRAME.gap : 0)
      bottom = Math.max(bottom, y + head + size.h)
      n += size.n
    }
    if (own.length > 0) {
      const size = tilesAt(own, x + side, inner.length > 0 ? bottom + FRAME.gap : bottom, wide)
      right = Math.max(right, x + side + size.w)
      bottom = (inner.length > 0 ? bottom + FRAME.gap : bottom) + size.h
    }
    const box = { x, y, w: Math.max(right + side - x, top ? 260 : 110), h: Math.max(bottom + side - y, head + 20) }
    placed[at] = { index, box, leaf: inner.length === 0, hosts: n }
    return { w: box.w, h: box.h, n }
  }

  let [y, width] = [0, 0]
  const tops = childrenOf(-1)
  for (const top of tops) {
    const { w, h } = frameAt(top, 0, y, aspect * Math.max(1, tops.length), true)
    width = Math.max(width, w)
    y += h + FRAME.gap * far
  }
  const loose = members.get(-1) ?? []
  if (loose.length > 0) {
    const size = tilesAt(loose, 0, y, aspect)
    width = Math.max(width, size.w)
    y += size.h + FRAME.gap
  }
  const across = Math.max(12, Math.floor(Math.max(width, 400) / CELL.pitch))
  const rows = Math.ceil(waiting / across)
  const bounds = {
    x: 0,
    y: 0,
    w: Math.max(width, waiting > 0 ? Math.min(waiting, across) * CELL.pitch : 0),
    h: y + (rows > 0 ? 24 * far + rows * CELL.pitch : 0),
  }
  return { frames: placed, tiles, starts, tile, waiting: { x: 0, y: y + 20 * far, columns: across }, bounds, far }
}

/** What is under a point: a host by its index, and one of its chips by its place in it; host -1 are those without one. */
export function pick(
  layout: FleetLayout,
  waiting: number,
  x: number,
  y: number,
): { host: number; cell: number | undefined } | undefined {
  const { tiles, tile, starts } = layout
  for (let host = 0; host * 2 < tiles.length; host++) {
    const [dx, dy] = [x - (tiles[host * 2] as number), y - (tiles[host * 2 + 1] as number)]
    if (dx < 0 || dy < 0 || dx > tile.w || dy > tile.h) continue
    const at = cellAt(dx - CELL.inset, dy - CELL.inset, tile.columns)
    const count = (starts[host + 1] as number) - (starts[host] as number)
    return { host, cell: at !== undefined && at < count ? at : undefined }
  }
  const at = cellAt(x - layout.waiting.x, y - layout.waiting.y, layout.waiting.columns)
  return at !== undefined && at < waiting ? { host: -1, cell: at } : undefined
}

function cellAt(x: number, y: number, columns: number): number | undefined {
  const [column, row] = [Math.floor(x / CELL.pitch), Math.floor(y / CELL.pitch)]
  return x >= 0 && y >= 0 && column < columns ? row * columns + column : undefined
}
