import type { SceneNode } from '../../../host/views/scene.view.ts'
import { type Block, grid, shifted, single, stack, stretched } from './block.ts'
import { graphOf } from './graph.ts'
import { chainOf, type Join, joinsAmong } from './links.ts'
import type { Places } from './places.ts'
import { cardSize, chipHeight, openHeight, partWidth, SIZES, textWidth } from './sizes.ts'

/** What the layout of a container needs to know. */
export interface Surroundings {
  readonly children: ReadonlyMap<string, readonly SceneNode[]>
  readonly byId: ReadonlyMap<string, SceneNode>
  readonly places: Places
  /** Whether chips are opened into cards. */
  readonly open: boolean
  /** How wide chips are: wider than their words need where the picture is wide. */
  readonly chip: number
  /** How tall machines are at least, so that those side by side in several frames are equal. */
  readonly tall: number
  /** How wide what is in a place may become before its rows are wrapped, px. */
  readonly wide: number
  /** Lines that lead from one thing to another. */
  readonly joins: readonly Join[]
}

/** A thing with everything in it, as one block. */
export function contain(node: SceneNode, around: Surroundings): Block {
  if (node.shape === 'host') return host(node, around)
  if (node.shape === 'frame') return isMechanism(node, around) ? mechanism(node, around) : frame(node, around)
  if (node.shape === 'chip')
    return around.open ? openChip(node, around) : single(node.id, around.chip, chipHeight(node.look))
  if (node.shape === 'part') return single(node.id, partWidth(node), SIZES.part.h)
  return card(node, around)
}

/** Whether a frame is one of the mechanism: it holds parts. */
export function isMechanism(node: SceneNode, { children }: Surroundings): boolean {
  return node.shape === 'frame' && (children.get(node.id) ?? []).some((child) => child.shape === 'part')
}

function of(node: SceneNode, shape: SceneNode['shape'], { children }: Surroundings): readonly SceneNode[] {
  return (children.get(node.id) ?? []).filter((child) => child.shape === shape)
}

/** Blocks of these things at their remembered places. */
function seated(key: string, nodes: readonly SceneNode[], around: Surroundings): readonly (Block | undefined)[] {
  const slots = around.places.settle(
    key,
    nodes.map(({ id }) => id),
  )
  return slots.map((id) => {
    const node = id === undefined ? undefined : around.byId.get(id)
    return node && contain(node, around)
  })
}

/** Chips in columns, each filled from the top; a gap is as tall as a chip without a word. */
export function chipColumns(key: string, nodes: readonly SceneNode[], perColumn: number, around: Surroundings): Block {
  const { chip, open } = SIZES
  const gap = around.open ? open.gap : chip.gap
  const width = around.open ? open.w : around.chip
  const blocks = seated(key, nodes, around)
  const columns = Math.max(1, Math.ceil(blocks.length / perColumn))
  const rows = Math.ceil(blocks.length / columns)
  const items: Block['items'][number][] = []
  let h = 0
  for (let column = 0; column < columns; column++) {
    let y = 0
    for (const block of blocks.slice(column * rows, (column + 1) * rows)) {
      if (block) items.push(...shifted(block, column * (width + gap), y))
      y += (block?.h ?? chip.one) + gap
    }
    h = Math.max(h, y - gap)
  }
  return { w: columns * (width + gap) - gap, h: Math.max(0, h), items }
}

function host(node: SceneNode, around: Surroundings): Block {
  const { host: size, small, chip } = SIZES
  const parts = grid(
    of(node, 'part', around).map(({ id }) => single(id, small, small)),
    7,
    4,
  )
  const cards = grid(seated(`${node.id} cards`, of(node, 'card', around), around), 1, 8)
  const chips = chipsByRank(
    node,
    cards.w > 0 ? { ...around, chip: Math.min(chip.most, Math.max(around.chip, cards.w)) } : around,
  )
  const top = hostTop(node)
  const inside = stack([cards, chips, parts], chip.gap + 1)
  const w = size.gutter + Math.max(around.chip, inside.w) + size.side
  const least = node.look.meters ? size.least : size.low
  const h = Math.max(least, around.tall, top + inside.h + size.side + hostFoot(node))
  return { w, h, items: [{ id: node.id, box: { x: 0, y: 0, w, h } }, ...shifted(inside, size.gutter, top)] }
}

/** The chips of a machine; those of several ranks (containers, then images) in groups, lower ranks first. */
function chipsByRank(node: SceneNode, around: Surroundings): Block {
  const chips = of(node, 'chip', around)
  const column = around.open ? 4 : 12
  const ranks = [...new Set(chips.map(({ rank }) => rank))].sort((a, b) => a - b)
  if (ranks.length < 2) return chipColumns(node.id, chips, column, around)
  return stack(
    ranks.map((rank) =>
      chipColumns(
        `${node.id} ${rank}`,
        chips.filter((one) => one.rank === rank),
        column,
        around,
      ),
    ),
    SIZES.chip.gap * 2,
  )
}

/** What is said below the chips of a host: what is folded, and what is free. */
function hostFoot({ look }: SceneNode): number {
  const { host: size } = SIZES
  return (look.folded?.length ?? 0) * size.folded + (look.free === undefined ? 0 : size.free)
}

/** Where the chips of a host begin: below its name, its meters and, when it is not well, its reason. */
export function hostTop({ look }: SceneNode): number {
  const { host: size, chip } = SIZES
  const meters = (look.meters?.length ?? 0) * size.meter
  const said = (look.notes?.length ?? 0) + (look.tone !== 'ok' ? 1 : 0)
  return size.head + (meters > 0 ? meters + 8 : 4) + said * (chip.one + chip.gap)
}

function frame(node: SceneNode, around: Surroundings): Block {
  const { frame: size, chip } = SIZES
  const mechanisms = of(node, 'frame', around)
    .filter((one) => isMechanism(one, around))
    .map((one) => mechanism(one, around))
  const least = Math.max(0, ...mechanisms.map((block) => block.w))
  let body = contents(node, around)
  const hosts = abreast(node, around)
  const tall = hosts > 0 ? tallest(body, around) : 0
  if (!around.open && around.chip === chip.w && body.w < least && hosts > 0) {
    // Machines take the room that the mechanism below them needs anyway.
    const more = Math.floor((least - body.w) / hosts)
    body = contents(node, { ...around, tall, chip: Math.min(chip.most, around.chip + more) })
  } else if (tall > around.tall && tall > 0) body = contents(node, { ...around, tall })
  const wide = Math.max(body.w, least)
  const inside = stack(
    [
      { ...body, items: shifted(body, Math.round((wide - body.w) / 2), 0) },
      ...mechanisms.map((block) => stretched(block, block.h, wide)),
    ],
    size.gap + 6,
  )
  const w = Math.max(180, Math.max(wide, inside.w) + 2 * size.side)
  // The name in its border keeps clear of the names in the borders within.
  const places = of(node, 'frame', around).some((one) => !isMechanism(one, around))
  const top = places && of(node, 'card', around).length === 0 ? size.top + 6 : size.top
  const h = Math.max(60, top + inside.h + size.bottom)
  return { w, h, items: [{ id: node.id, box: { x: 0, y: 0, w, h } }, ...shifted(inside, size.side, top)] }
}

/** All that is in a frame but its mechanism: cards along their lines, places and machines in rows, and at the foot what follows one another. */
function contents(node: SceneNode, around: Surroundings): Block {
  const { frame: size, host: hosts } = SIZES
  const machines = of(node, 'host', around)
  const places = of(node, 'frame', around).filter((one) => !isMechanism(one, around))
  const members = new Set([...machines, ...places].map(({ id }) => id))
  const road = forward(
    around.joins.filter(({ from, to }) => from !== to && members.has(from) && members.has(to)),
    around,
  )
  const joined = new Set(road.flatMap(({ from, to }) => [from, to]))
  const loose = (one: SceneNode) => !joined.has(one.id)
  const boxes = seated(`${node.id} hosts`, machines.filter(loose), around)
  const frames = seated(`${node.id} frames`, places.filter(loose), around)
  const chips = of(node, 'chip', around)
  const column = chipColumns(node.id, chips, Math.max(6, Math.ceil(Math.sqrt(chips.length * 3))), around)
  return stack(
    [
      linkedCards(node, around),
      wrapped(frames, across(frames.length), size.gap, around.wide),
      wrapped(boxes, across(boxes.length), hosts.gap, around.wide),
      // Lines to chips run down at their left.
      column.h === 0 ? column : { w: column.w + size.trunk, h: column.h, items: shifted(column, size.trunk, 0) },
      sequence(
        [...machines, ...places].filter(({ id }) => joined.has(id)),
        road,
        around,
      ),
    ],
    size.gap + 6,
  )
}

/** Joins in the direction of the ranks of their ends, each once: what has the lower one comes first, whoever draws the line. */
function forward(joins: readonly Join[], { byId }: Surroundings): readonly Join[] {
  const rank = (id: string) => byId.get(id)?.rank ?? 0
  const turned = joins.map(({ from, to }) => (rank(from) > rank(to) ? { from: to, to: from } : { from, to }))
  return [...new Map(turned.map((join) => [`${join.from}>${join.to}`, join])).values()]
}

/** Cards of a frame: along the lines between them, or in rows where there are none. */
function linkedCards(node: SceneNode, around: Surroundings): Block {
  const { gap } = SIZES.card
  const cards = of(node, 'card', around)
  const ids = new Set(cards.map(({ id }) => id))
  const joins = forward(
    joinsAmong(ids, around.joins, (id) => around.byId.get(id)?.parent),
    around,
  )
  const blocks = seated(`${node.id} cards`, cards, around)
  const alone = (around.children.get(node.id) ?? []).length === cards.length
  if (joins.length === 0) return grid(blocks, alone && cards.length < 4 ? 1 : across(cards.length), alone ? 10 : gap)
  const known = blocks.flatMap((block) => (block?.items[0] ? [[block.items[0].id, block] as const] : []))
  const drawn = graphOf(known, joins, { along: 108, down: 12, across: gap, columns: 4 })
  // Lines from here to what is below need room for what is written on them.
  return { ...drawn, h: drawn.h + SIZES.channel - 8 }
}

/** Machines and places that follow one another: one row when they form a chain, else a graph from left to right. */
function sequence(nodes: readonly SceneNode[], joins: readonly Join[], around: Surroundings): Block {
  const chain = chainOf(
    nodes.map(({ id }) => id),
    joins,
  )
  const row = chain?.flatMap((id) => around.byId.get(id) ?? [])
  const narrow = { ...around, chip: sequenceChip(nodes, around) }
  if (row?.every(({ shape }) => shape === 'host'))
    return grid(
      row.map((one) => contain(one, narrow)),
      row.length,
      SIZES.host.step,
    )
  return graphOf(
    nodes.map((one) => [one.id, contain(one, narrow)] as const),
    joins,
    { along: 36, down: 10, across: SIZES.host.gap, columns: 4 },
  )
}

/** Blocks in rows of so many, or of fewer where that many are too wide. */
function wrapped(blocks: readonly (Block | undefined)[], columns: number, gap: number, wide: number): Block {
  for (let n = columns; ; n = Math.ceil(n / 2)) {
    const block = grid(blocks, n, gap)
    if (block.w <= wide || n <= 1) return block
  }
}

/** How wide the chips of machines that follow one another are: no wider than their words, since the row is long. */
function sequenceChip(nodes: readonly SceneNode[], around: Surroundings): number {
  if (around.open || nodes.some(({ look }) => look.meters)) return around.chip
  const needed = nodes
    .flatMap((one) => of(one, 'chip', around))
    .map(({ look }) => textWidth(look.title, 13) + textWidth(look.figures?.join(' · ') ?? '', 11) + 62)
  return Math.min(around.chip, Math.max(138, ...needed.map((width) => Math.ceil(width / 12) * 12)))
}

/** The tallest machine of a block; 0 where machines stand in more than one row. */
function tallest({ items }: Block, { byId, children }: Surroundings): number {
  let tall = 0
  for (const { id, box } of items) {
    const node = byId.get(id)
    if (node?.shape !== 'host') continue
    if ((children.get(node.parent ?? '')?.filter(({ shape }) => shape === 'host').length ?? 0) > 4) return 0
    tall = Math.max(tall, box.h)
  }
  return tall
}

/** How many columns of chips stand side by side in the machines of a frame, at most; 0 when machines are not what makes it wide. */
function abreast(node: SceneNode, around: Surroundings): number {
  const inner = of(node, 'frame', around).filter((one) => !isMechanism(one, around))
  if (inner.length > across(inner.length)) return 0
  const columns = (hosts: readonly SceneNode[]) =>
    hosts.length > across(hosts.length)
      ? across(hosts.length)
      : hosts.reduce((sum, one) => sum + Math.max(1, Math.ceil(of(one, 'chip', around).length / 12)), 0)
  return Math.max(
    columns(of(node, 'host', around)),
    inner.reduce((sum, one) => sum + columns(of(one, 'host', around)), 0),
  )
}

/** How many stand side by side: up to four in one row, then wider than tall. */
export function across(count: number): number {
  return count <= 4 ? Math.max(1, count) : Math.ceil(Math.sqrt(count * 1.7))
}

/** The parts in a row; what waits for one of them stands right after it. */
function mechanism(node: SceneNode, around: Surroundings): Block {
  const { frame: size, part } = SIZES
  const parts = [...of(node, 'part', around)].sort(
    (a, b) => Number(waits(a, around)) - Number(waits(b, around)) || a.rank - b.rank,
  )
  const waiting = [...of(node, 'chip', around), ...parts.flatMap((one) => of(one, 'chip', around))]
  const rowOf = (tall: number) =>
    wrapped(
      parts.map((one) => single(one.id, partWidth(one), tall)),
      Math.max(1, parts.length),
      part.gap,
      around.wide,
    )
  const only = rowOf(part.h)
  // In several rows they stand closer.
  const row = only.h > part.h ? rowOf(part.low) : only
  const queue = chipColumns(`${node.id} queue`, waiting, waiting.length > 6 ? 4 : 1, {
    ...around,
    chip: SIZES.chip.waiting,
  })
  const beside = row.h <= part.h && waiting.length > 0 && (waiting.length <= 2 || waiting.length > 6)
  const items = [
    ...row.items,
    ...(waiting.length === 0
      ? []
      : beside
        ? shifted(queue, row.w + part.gap, Math.max(0, (part.h - queue.h) / 2))
        : shifted(queue, 0, row.h + 8)),
  ]
  // One that waits has its place before it comes, so that nothing moves when it does.
  const one = row.w + (row.h > part.h ? 0 : part.gap + (around.open ? 0 : SIZES.chip.waiting))
  const needed = beside ? row.w + part.gap + queue.w : Math.max(row.w, waiting.length > 0 ? queue.w : 0)
  const w = Math.ceil((Math.max(needed, parts.length > 0 ? one : 0) + 2 * size.side) / 24) * 24
  const h = (beside ? Math.max(part.h, queue.h) : row.h + (waiting.length > 0 ? 8 + queue.h : 0)) + 10 + 8
  return {
    w,
    h,
    items: [
      { id: node.id, box: { x: 0, y: 0, w, h } },
      ...items.map(({ id, box }) => ({ id, box: { ...box, x: box.x + size.side, y: box.y + 10 } })),
    ],
  }
}

function waits(part: SceneNode, around: Surroundings): boolean {
  return of(part, 'chip', around).length > 0 || /sched/i.test(part.name)
}

function card(node: SceneNode, around: Surroundings): Block {
  const { w, h } = cardSize(node)
  const chips = of(node, 'chip', around)
  if (chips.length === 0) return single(node.id, w, h)
  const inside = chipColumns(node.id, chips, 6, around)
  const wide = Math.max(w, inside.w + 20)
  const tall = h + inside.h + 10
  return {
    w: wide,
    h: tall,
    items: [{ id: node.id, box: { x: 0, y: 0, w: wide, h: tall } }, ...shifted(inside, 10, h)],
  }
}

/** A chip as a card; chips within it (containers) are listed under its facts. */
function openChip(node: SceneNode, around: Surroundings): Block {
  const { open, chip } = SIZES
  const inner = of(node, 'chip', around)
  const h = openHeight(node.look, inner.length)
  const first = h - open.foot - inner.length * (chip.two + chip.gap)
  return {
    w: open.w,
    h,
    items: [
      { id: node.id, box: { x: 0, y: 0, w: open.w, h } },
      ...inner.map(({ id }, i) => ({
        id,
        box: { x: 14, y: first + i * (chip.two + chip.gap), w: open.w - 28, h: chip.two },
      })),
    ],
  }
}
