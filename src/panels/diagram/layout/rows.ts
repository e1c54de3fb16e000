import type { SceneNode } from '../../../host/views/scene.view.ts'
import { type Block, shifted } from './block.ts'
import { around, type Box } from './box.ts'
import type { Places } from './places.ts'
import { SIZES } from './sizes.ts'

interface CardBlock {
  readonly node: SceneNode
  readonly block: Block
}

/** Cards in rows, with what the layout needs to draw a border around the inner ones. */
export interface Rows extends Block {
  /** Where the top border of a frame around the inner rows goes; undefined when nothing stands within. */
  readonly wall: number | undefined
  /** The inner rows; empty when there are none. */
  readonly inner: Box
  /** The vertical line about which the rows are laid. */
  readonly centre: number
}

/**
 * Cards by rank, two ranks a row: who asks (0) at the left and the gate (1) in the middle; below, services (2) in the middle with what
 * they are made of (3) at both sides. `key` tells rows of several places apart. Rows grow outwards from the middle, so that a newcomer moves nobody.
 */
export function rowsOfCards(cards: readonly CardBlock[], width: number, places: Places, key = ''): Rows {
  const { gap } = SIZES.card
  const levels = [...new Set(cards.map(({ node }) => Math.max(0, Math.floor(node.rank / 2))))].sort((a, b) => a - b)
  const items: Block['items'][number][] = []
  let y = 0
  let wall: number | undefined
  const inner: Box[] = []
  for (const level of levels) {
    const here = (odd: boolean) =>
      cards.filter(({ node }) => Math.max(0, Math.floor(node.rank / 2)) === level && node.rank % 2 === (odd ? 1 : 0))
    const [even, odd] = [here(false), here(true)]
    const rows = level === 0 ? [left(even, odd, width, places, key)] : sides(even, odd, width, places, level, key)
    const first = items.length
    for (const row of rows) {
      const top = y
      items.push(...row.map(({ id, box }) => ({ id, box: { ...box, y: box.y + y } })))
      y = Math.max(y, ...row.map(({ box }) => box.y + top + box.h)) + (level === 0 ? 26 : gap)
    }
    if (level === 0 && odd.length > 0) wall = Math.max(0, ...items.map(({ box }) => box.y + box.h)) - 8
    else if (level > 0) {
      wall ??= (items[first]?.box.y ?? 0) - 18
      inner.push(...items.slice(first).map(({ box }) => box))
    }
  }
  const bounds = around(items.map(({ box }) => box))
  const shift = Math.max(0, -bounds.x)
  const all = items.map(({ id, box }) => ({ id, box: { ...box, x: box.x + shift } }))
  const within = around(inner)
  return {
    w: Math.max(width, bounds.w),
    h: bounds.h,
    items: all,
    wall,
    inner: { ...within, x: within.x + shift },
    centre: width / 2 + shift,
  }
}

function blocksAt(key: string, cards: readonly CardBlock[], places: Places): readonly (Block | undefined)[] {
  const byId = new Map(cards.map(({ node, block }) => [node.id, block]))
  return places
    .settle(
      key,
      cards.map(({ node }) => node.id),
    )
    .map((id) => (id === undefined ? undefined : byId.get(id)))
}

/** The first row: who asks from the left edge on, the gate in the middle. */
function left(
  even: readonly CardBlock[],
  odd: readonly CardBlock[],
  width: number,
  places: Places,
  key: string,
): Block['items'] {
  const { gap } = SIZES.card
  const asking = blocksAt(`${key} rank 0`, even, places)
  const gates = blocksAt(`${key} rank 1`, odd, places)
  const tallest = (blocks: readonly (Block | undefined)[]) => Math.max(0, ...blocks.map((block) => block?.h ?? 0))
  const foot = Math.max(tallest(gates) + 4, tallest(asking) + 16)
  const items: Block['items'][number][] = []
  let x = 0
  for (const block of asking) {
    if (block) items.push(...shifted(block, x, 0))
    x += (block?.w ?? 132) + gap
  }
  const wide = gates.reduce((sum, block) => sum + (block?.w ?? 180) + gap, -gap)
  let at = Math.max((width - wide) / 2, x === 0 ? 0 : x - gap + 136)
  for (const block of gates) {
    if (block) items.push(...shifted(block, at, foot - block.h))
    at += (block?.w ?? 180) + gap
  }
  return items
}

/** A row about the middle: even ranks outwards from it, odd ranks beyond at both sides; what does not fit goes to rows below. */
function sides(
  even: readonly CardBlock[],
  odd: readonly CardBlock[],
  width: number,
  places: Places,
  level: number,
  key: string,
): readonly Block['items'][] {
  const { gap } = SIZES.card
  const middle = blocksAt(`${key} rank ${level * 2}`, even, places)
  const flanks = blocksAt(`${key} rank ${level * 2 + 1}`, odd, places)
  const rows: { items: Block['items'][number][]; from: number; to: number; turn: number }[] = []
  const limit = Math.max(width, 900)
  let aisle = 0
  const put = (block: Block | undefined, spare: number) => {
    const w = block?.w ?? spare
    const half = (one: { from: number; to: number; turn: number }) =>
      one.turn % 2 === 1 ? Math.max(one.to, gap + w - one.from) : Math.max(-one.from, one.to + gap + w)
    let row = rows.find((one) => half(one) * 2 <= limit)
    if (!row) {
      row = { items: [], from: -aisle / 2, to: aisle / 2, turn: aisle > 0 ? 1 : 0 }
      rows.push(row)
    }
    const x = row.turn === 0 ? -w / 2 : row.turn % 2 === 1 ? row.from - gap - w : row.to + gap
    if (row.turn === 0) [row.from, row.to] = [-w / 2, w / 2]
    else if (row.turn % 2 === 1) row.from = x
    else row.to = x + w
    row.turn++
    if (block) row.items.push(...shifted(block, width / 2 + x, 0))
  }
  for (const block of middle) put(block, 180)
  // Rows below leave the way down from the middle free.
  const [first] = rows
  aisle = first === undefined ? 24 : Math.min(limit / 2, Math.max(first.to, -first.from) * 2)
  for (const block of flanks) put(block, 240)
  return rows.filter((row) => row.items.length > 0).map((row) => row.items)
}
