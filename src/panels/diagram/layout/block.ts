import type { Box } from './box.ts'

/** Things laid out together, in coordinates of their own: its first item is the container itself if it has one. */
export interface Block {
  readonly w: number
  readonly h: number
  readonly items: readonly { readonly id: string; readonly box: Box }[]
}

/** One thing alone. */
export function single(id: string, w: number, h: number): Block {
  return { w, h, items: [{ id, box: { x: 0, y: 0, w, h } }] }
}

/** The items of a block, moved. */
export function shifted(block: Block, x: number, y: number): Block['items'] {
  return block.items.map(({ id, box }) => ({ id, box: { ...box, x: box.x + x, y: box.y + y } }))
}

/** A block whose container is made at least so tall and so wide; what is in it stays where it is. */
export function stretched(block: Block, h: number, w = block.w): Block {
  const [own, ...rest] = block.items
  if (!own || (block.h >= h && block.w >= w)) return block
  const [tall, wide] = [Math.max(h, block.h), Math.max(w, block.w)]
  return { w: wide, h: tall, items: [{ id: own.id, box: { ...own.box, h: tall, w: wide } }, ...rest] }
}

/** Blocks in rows of so many, left to right; a row's blocks become equally tall. `undefined` leaves a gap. */
export function grid(blocks: readonly (Block | undefined)[], columns: number, gap: number): Block {
  const known = blocks.filter((block) => block !== undefined)
  const spare = known.reduce((least, block) => Math.min(least, block.w), known[0]?.w ?? 0)
  const items: Block['items'][number][] = []
  let [w, y] = [0, 0]
  for (let row = 0; row * columns < blocks.length; row++) {
    const cells = blocks.slice(row * columns, (row + 1) * columns)
    const tall = Math.max(0, ...cells.map((cell) => cell?.h ?? 0))
    let x = 0
    for (const cell of cells) {
      if (cell) items.push(...shifted(stretched(cell, tall), x, y))
      x += (cell?.w ?? spare) + gap
    }
    w = Math.max(w, x - gap)
    if (tall > 0) y += tall + gap
  }
  return { w: Math.max(0, w), h: Math.max(0, y - gap), items }
}

/** Blocks one under the other, at the left edge. */
export function stack(blocks: readonly Block[], gap: number): Block {
  const items: Block['items'][number][] = []
  let [w, y] = [0, 0]
  for (const block of blocks) {
    if (block.h === 0) continue
    items.push(...shifted(block, 0, y))
    w = Math.max(w, block.w)
    y += block.h + gap
  }
  return { w, h: Math.max(0, y - gap), items }
}
