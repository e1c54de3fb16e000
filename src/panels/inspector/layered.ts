import { spread } from './spread.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** A box with its place; `x` and `y` are its upper left corner. */
export interface Placed extends Size {
  readonly x: number
  readonly y: number
}

export interface ChartBox extends Size {
  readonly id: string
}

/** A way between two boxes with the size of what is written on it. */
export interface ChartWay {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: Size
}

export interface Layered extends Size {
  readonly boxes: ReadonlyMap<string, Placed>
  readonly ways: ReadonlyMap<string, { readonly label: Placed; readonly points: readonly Point[] }>
}

export type Point = readonly [x: number, y: number]

/** What stands on a row: a box, what is written on a way, or the way itself on its way past. */
interface Item {
  readonly key: string
  readonly width: number
  readonly height: number
  x: number
  readonly above: Item[]
  readonly below: Item[]
}

const GAP_X = 22
/** Room around the horizontal runs between two rows, and between two such runs. */
const GAP_Y = 14
const RUN = 7
const SWEEPS = 10
/** How much more a passing way's place counts than a box's: ways bend less that way. */
const PASSING = 5

/**
 * A layered drawing, top to bottom: boxes on even rows, what is written on ways on odd ones, ways as right-angled lines from row to row,
 * so that no two boxes or labels overlap. `rank` gives each box its row. Deterministic.
 */
export function layered(
  boxes: readonly ChartBox[],
  ways: readonly ChartWay[],
  rank: ReadonlyMap<string, number>,
): Layered {
  const rows: Item[][] = []
  const put = (row: number, key: string, { width, height }: Size): Item => {
    const item: Item = { key, width, height, x: 0, above: [], below: [] }
    while (rows.length <= row) rows.push([])
    rows[row]?.push(item)
    return item
  }
  const items = new Map(boxes.map((box) => [box.id, put(2 * (rank.get(box.id) ?? 0), box.id, box)]))
  const chains = new Map<string, readonly Item[]>()
  for (const way of ways) {
    const down = (rank.get(way.from) ?? 0) <= (rank.get(way.to) ?? 0)
    const upper = items.get(down ? way.from : way.to)
    const lower = items.get(down ? way.to : way.from)
    if (!upper || !lower) continue
    const from = 2 * (rank.get(upper.key) ?? 0)
    const to = 2 * (rank.get(lower.key) ?? 0)
    const chain = [upper, put(from + 1, `${way.id} label`, way.label)]
    for (let row = from + 2; row < to; row++) chain.push(put(row, `${way.id} ${row}`, { width: 10, height: 0 }))
    chain.push(lower)
    for (let i = 1; i < chain.length; i++) {
      const [a, b] = [chain[i - 1] as Item, chain[i] as Item]
      if (from === to && i === chain.length - 1) {
        a.above.push(b)
        b.below.push(a)
      } else {
        a.below.push(b)
        b.above.push(a)
      }
    }
    chains.set(way.id, chain)
  }
  order(rows)
  place(rows)
  straighten(rows, chains.values())
  return draw(rows, boxes, ways, chains)
}

/** Sorts each row by the middle of its neighbours, down and up in turn. */
function order(rows: Item[][]): void {
  for (const row of rows)
    row.forEach((item, i) => {
      item.x = i
    })
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : rows.toReversed()) {
      const wish = new Map(row.map((item) => [item, mean(down ? item.above : item.below, item.x)]))
      row.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
      row.forEach((item, i) => {
        item.x = i - row.length / 2
      })
    }
  }
}

function place(rows: readonly (readonly Item[])[]): void {
  const settle = (row: readonly Item[], near: (item: Item) => readonly Item[]) => {
    const middles = spread(
      row.map((item) => ({ middle: mean(near(item), item.x), width: item.width, weight: passes(item) ? PASSING : 1 })),
      GAP_X,
    )
    row.forEach((item, i) => {
      item.x = middles[i] ?? 0
    })
  }
  for (const row of rows) {
    row.forEach((item, i) => {
      item.x = i * 90
    })
    settle(row, () => [])
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of rows) settle(row, (item) => (item.above.length > 0 ? item.above : item.below))
    for (const row of rows.toReversed()) settle(row, (item) => (item.below.length > 0 ? item.below : item.above))
  }
  for (const row of rows) settle(row, (item) => [...item.above, ...item.below])
}

/** Puts what a way passes through on one line wherever the rows leave room for that. */
function straighten(rows: readonly (readonly Item[])[], chains: Iterable<readonly Item[]>): void {
  const beside = new Map<Item, { readonly row: readonly Item[]; readonly at: number }>()
  for (const row of rows) for (const [at, item] of row.entries()) beside.set(item, { row, at })
  for (const chain of chains) {
    const passing = chain.slice(1, -1)
    if (passing.length < 2) continue
    let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const item of passing) {
      const { row = [], at = 0 } = beside.get(item) ?? {}
      const [before, after] = [row[at - 1], row[at + 1]]
      if (before) least = Math.max(least, before.x + (before.width + item.width) / 2 + GAP_X)
      if (after) most = Math.min(most, after.x - (after.width + item.width) / 2 - GAP_X)
    }
    if (least > most) continue
    const x = Math.min(most, Math.max(least, mean(passing, 0)))
    for (const item of passing) item.x = x
  }
}

/** Whether an item only keeps a place for a way that goes past. */
function passes(item: Item): boolean {
  return item.height === 0
}

function mean(items: readonly Item[], otherwise: number): number {
  let [sum, weight] = [0, 0]
  for (const item of items) {
    const counts = passes(item) ? PASSING : 1
    sum += item.x * counts
    weight += counts
  }
  return weight === 0 ? otherwise : sum / weight
}

function draw(
  rows: readonly (readonly Item[])[],
  boxes: readonly ChartBox[],
  ways: readonly ChartWay[],
  chains: ReadonlyMap<string, readonly Item[]>,
): Layered {
  const ports = portsOf(rows.flatMap((row, i) => (i % 2 === 0 ? row.filter(({ height }) => height > 0) : [])))
  const left = Math.min(...rows.flat().map((item) => item.x - item.width / 2))
  const runs = rows.map(() => [] as { from: number; to: number; key: string; track: number }[])
  const rowOf = new Map(rows.flatMap((row, i) => row.map((item) => [item, i] as const)))
  const steps = new Map<string, { x1: number; x2: number; gap: number; key: string }[]>()
  for (const [id, chain] of chains) {
    const list: { x1: number; x2: number; gap: number; key: string }[] = []
    for (let i = 1; i < chain.length; i++) {
      const [a, b] = [chain[i - 1] as Item, chain[i] as Item]
      const x1 = list.at(-1)?.x2 ?? port(ports, a, b)
      const straight = i === chain.length - 1 && chain.length > 2 && b.above.length === 1
      const x2 = straight ? within(b, x1) : port(ports, b, a)
      const gap = Math.min(rowOf.get(a) ?? 0, rowOf.get(b) ?? 0)
      const key = `${id} ${i}`
      list.push({ x1, x2, gap, key })
      if (Math.abs(x1 - x2) > 1) runs[gap]?.push({ from: Math.min(x1, x2), to: Math.max(x1, x2), key, track: 0 })
    }
    steps.set(id, list)
  }
  const tracks = new Map<string, number>()
  const counts = runs.map((gap) => {
    const ends: number[] = []
    for (const run of gap.sort((a, b) => a.from - b.from || a.to - b.to)) {
      let track = ends.findIndex((end) => end + 6 < run.from)
      if (track < 0) track = ends.length
      ends[track] = run.to
      tracks.set(run.key, track)
    }
    return ends.length
  })
  const tops: number[] = []
  const heights = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)))
  let y = 0
  rows.forEach((_, i) => {
    tops.push(y)
    y += (heights[i] ?? 0) + (i < rows.length - 1 ? GAP_Y + Math.max(0, (counts[i] ?? 0) - 1) * RUN : 0)
  })
  const corner = (item: Item): Placed => {
    const row = rowOf.get(item) ?? 0
    return {
      x: item.x - item.width / 2 - left,
      y: (tops[row] ?? 0) + ((heights[row] ?? 0) - item.height) / 2,
      width: item.width,
      height: item.height,
    }
  }
  const find = new Map(rows.flat().map((item) => [item.key, item]))
  return {
    width: Math.max(...rows.flat().map((item) => item.x + item.width / 2)) - left,
    height: y,
    boxes: new Map(boxes.map(({ id }) => [id, corner(find.get(id) as Item)])),
    ways: new Map(
      ways.flatMap((way) => {
        const chain = chains.get(way.id)
        if (!chain) return []
        const points: Point[] = []
        steps.get(way.id)?.forEach(({ x1, x2, gap, key }, i) => {
          const [a, b] = [corner(chain[i] as Item), corner(chain[i + 1] as Item)]
          const middle = (tops[gap] ?? 0) + (heights[gap] ?? 0) + GAP_Y / 2 + (tracks.get(key) ?? 0) * RUN
          const goesDown = a.y < b.y
          points.push([x1 - left, goesDown ? a.y + a.height : a.y])
          if (Math.abs(x1 - x2) > 1) points.push([x1 - left, middle], [x2 - left, middle])
          points.push([x2 - left, goesDown ? b.y : b.y + b.height])
        })
        const upward = chain[0]?.key !== way.from
        return [[way.id, { label: corner(chain[1] as Item), points: upward ? points.reverse() : points }] as const]
      }),
    ),
  }
}

/** The place on an item's side that is nearest to `x`. */
function within(item: Item, x: number): number {
  const reach = Math.max(0, item.width / 2 - 14)
  return Math.min(item.x + reach, Math.max(item.x - reach, x))
}

type Ports = ReadonlyMap<Item, ReadonlyMap<Item, number>>

/** Where lines leave a box: spread over its lower and its upper side in the order of where they lead, so that they do not cross there. */
function portsOf(boxes: readonly Item[]): Ports {
  const ports = new Map<Item, Map<Item, number>>()
  for (const item of boxes) {
    const own = new Map<Item, number>()
    for (const side of [item.above, item.below]) {
      const sorted = side.toSorted((a, b) => a.x - b.x)
      const room = Math.min(item.width - 24, (sorted.length - 1) * 26)
      sorted.forEach((other, i) => {
        own.set(other, sorted.length < 2 ? within(item, other.x) : item.x + (i / (sorted.length - 1) - 0.5) * room)
      })
    }
    ports.set(item, own)
  }
  return ports
}

/**
 * Where a line meets an item: at a box's port; what is written on it it passes straight, where the box above sends it if that lies within
 * the words' width.
 */
function port(ports: Ports, item: Item, other: Item): number {
  const own = ports.get(item)?.get(other)
  if (own !== undefined) return own
  const [only, second] = item.above
  const sender = only && !second ? only : other
  const wanted = ports.get(sender)?.get(item) ?? sender.x
  const reach = Math.max(0, item.width / 2 - 10)
  return Math.min(item.x + reach, Math.max(item.x - reach, wanted))
}
