import type { SceneNode } from '../../../host/views/scene.view.ts'
import { grid, shifted, stack, stretched } from './block.ts'
import { type Box, around as boundsOf } from './box.ts'
import { across, chipColumns, contain, isMechanism, type Surroundings } from './contain.ts'
import { type Join, joinsAmong } from './links.ts'
import type { Places } from './places.ts'
import { rowsOfCards } from './rows.ts'
import { SIZES } from './sizes.ts'

/** Where everything is. */
export interface Arrangement {
  /** Absolute boxes of all that is drawn, containers before what is in them. */
  readonly boxes: ReadonlyMap<string, Box>
  /** What each thing is drawn in; roots are absent. */
  readonly parents: ReadonlyMap<string, string>
  readonly bounds: Box
  /** Height at which lines to chips run across, just above the boxes. */
  readonly channel: number
}

/** How a picture is folded: how wide a place may become, and how many places stand side by side. As they come when absent. */
export interface Shape {
  readonly wide?: number | undefined
  readonly perRow?: number | undefined
}

/** Where a learner has put things, by id; everything else finds its own place. */
export type Moved = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/**
 * Lays a scene out: boxes in boxes, cards above them in rows by rank so that traffic runs from top to bottom, the mechanism at the
 * foot. The same scene and the same memory of places give the same picture. When there is one place only that holds machines, its
 * border is drawn around the cards that serve from within it, and the gate (rank 1) stands in its wall.
 */
export function arrange(
  nodes: readonly SceneNode[],
  open: boolean,
  places: Places,
  moved: Moved = {},
  joins: readonly Join[] = [],
  shape: Shape = {},
): Arrangement {
  const { roots, parents, surroundings } = family(nodes, open, places, joins, shape.wide)
  const of = (shape: SceneNode['shape']) => roots.filter((node) => node.shape === shape)
  const frames = of('frame')
  const plain = frames.filter((node) => !isMechanism(node, surroundings))
  const mechanisms = frames.filter((node) => isMechanism(node, surroundings))
  const { frame, channel } = SIZES
  if (plain.length > 1 || (plain.length === 1 && of('host').length > 0)) {
    const { boxes, channel } = abreast(nodes, roots, plain, mechanisms, surroundings, shape.perRow)
    const inOrder = order(nodes, boxes)
    move(inOrder, parents, moved)
    return { boxes: inOrder, parents, bounds: boundsOf(inOrder.values()), channel }
  }
  const blocks = (key: string, some: readonly SceneNode[]) =>
    places
      .settle(
        key,
        some.map(({ id }) => id),
      )
      .map((id) => {
        const node = id === undefined ? undefined : surroundings.byId.get(id)
        return node && contain(node, surroundings)
      })
  const framed = blocks(' frames', plain)
  const hosts = blocks(' hosts', of('host'))
  const chips = of('chip')
  const body = stack(
    [
      grid(framed, across(framed.length), frame.gap + 8),
      grid(hosts, across(hosts.length), SIZES.host.gap),
      ...mechanisms.map((node) => contain(node, surroundings)),
      grid(
        of('part').map((node) => contain(node, surroundings)),
        6,
        SIZES.part.gap,
      ),
      chipColumns(' chips', chips, Math.max(4, Math.ceil(Math.sqrt(chips.length * 3))), surroundings),
    ],
    frame.gap + 8,
  )
  const single = plain.length === 1 && mechanisms.length <= 1 ? plain[0] : undefined
  const rows = rowsOfCards(
    of('card').map((node) => ({ node, block: contain(node, surroundings) })),
    Math.max(body.w, 560),
    places,
  )
  const lean = rows.h > 0 && body.w > 0 && rows.centre > body.w / 2
  const own = boundsOf(rows.items.map(({ box }) => box)).w + 2 * frame.side
  const shift = lean ? Math.max(0, Math.round((own - body.w) / 2)) : 0
  const aside = lean ? frame.side : 0
  const top = rows.h === 0 ? 0 : rows.h + channel
  const placed = [...shifted(rows, aside, 0), ...shifted(body, shift, top)]
  const boxes = new Map<string, Box>()
  for (const { id, box } of placed) boxes.set(id, box)
  if (single && rows.h > 0) hood(single.id, boxes, rows, aside)
  const inOrder = order(nodes, boxes)
  move(inOrder, parents, moved)
  return { boxes: inOrder, parents, bounds: boundsOf(inOrder.values()), channel: top - channel / 2 }
}

/** Several places side by side, each with the cards that belong to it above; machines that stand nowhere are a place of their own. */
function abreast(
  nodes: readonly SceneNode[],
  roots: readonly SceneNode[],
  plain: readonly SceneNode[],
  mechanisms: readonly SceneNode[],
  around: Surroundings,
  most = Number.POSITIVE_INFINITY,
): { readonly boxes: Map<string, Box>; readonly channel: number } {
  const { frame, channel, host } = SIZES
  const { places } = around
  const home = homes(nodes, roots, plain, around)
  const of = (shape: SceneNode['shape']) => roots.filter((node) => node.shape === shape)
  const seated = (key: string, some: readonly SceneNode[]) =>
    places
      .settle(
        key,
        some.map(({ id }) => id),
      )
      .flatMap((id) => (id === undefined ? [] : (around.byId.get(id) ?? [])))
  const hosts = grid(
    seated(' hosts', of('host')).map((node) => contain(node, around)),
    Math.max(1, Math.ceil(of('host').length / 3)),
    host.gap,
  )
  const cardsOf = (id: string | undefined) =>
    of('card')
      .filter((card) => home.get(card.id) === id)
      .map((node) => ({ node, block: contain(node, around) }))
  const bodies = seated(' frames', plain).map((node) => ({
    id: node.id as string | undefined,
    body: contain(node, around),
  }))
  // Machines that stand nowhere take the room that is left below the lowest place.
  const lowest = bodies.reduce(
    (least, one) => (one.body.h < least.body.h ? one : least),
    bodies[0] ?? { id: '', body: hosts },
  )
  const tallest = Math.max(...bodies.map(({ body }) => body.h))
  const tucked =
    bodies.length > 1 &&
    hosts.h > 0 &&
    cardsOf(undefined).length === 0 &&
    hosts.w <= lowest.body.w &&
    lowest.body.h + frame.gap + 12 + hosts.h <= tallest * 1.3
  const columns = [
    ...bodies,
    ...(!tucked && (hosts.h > 0 || cardsOf(undefined).length > 0) ? [{ id: undefined, body: hosts }] : []),
  ].map(({ id, body }) => ({
    id,
    body,
    rows: rowsOfCards(cardsOf(id), Math.max(body.w, id === undefined ? 0 : 320), places, id ?? ' free'),
  }))
  const boxes = new Map<string, Box>()
  const perRow = Math.min(most, across(columns.length))
  let [y, wide, first] = [0, 0, 0]
  for (let from = 0; from < columns.length; from += perRow) {
    const row = columns.slice(from, from + perRow)
    const above = ({ h, wall }: (typeof row)[number]['rows']) =>
      h === 0 ? 0 : h + (wall === undefined ? channel + 20 : channel)
    const rise = Math.max(0, ...row.map(({ rows }) => above(rows)))
    const tall = Math.max(0, ...row.map(({ id, body }) => (id === undefined ? 0 : body.h)))
    if (from === 0) first = rise
    let x = 0
    let foot = 0
    for (const { id, body, rows } of row) {
      // Cards that lean to one side stand straight above the place instead, so that neither leaves a gap at the other's side.
      const lean = rows.h > 0 && rows.centre > body.w / 2
      const own = boundsOf(rows.items.map(({ box }) => box)).w + 2 * frame.side
      const left = lean ? x + Math.max(0, Math.round((own - body.w) / 2)) : x
      const aside = lean ? x + frame.side : x
      const under = tucked && id === lowest.id
      const standing = id === undefined || under ? body : stretched(body, tall)
      if (under) for (const one of shifted(hosts, left, y + rise + body.h + frame.gap + 12)) boxes.set(one.id, one.box)
      const top = y + rise - above(rows)
      for (const one of shifted(rows, aside, top)) boxes.set(one.id, one.box)
      for (const one of shifted(standing, left, y + rise)) boxes.set(one.id, one.box)
      if (id !== undefined && rows.h > 0) hood(id, boxes, rows, aside, top)
      x = Math.max(lean ? x + own : x + (rows.h === 0 ? 0 : rows.w), left + standing.w) + frame.gap + 12
      foot = Math.max(foot, standing.h + (under ? frame.gap + 12 + hosts.h : 0))
    }
    wide = Math.max(wide, x)
    y += rise + foot + frame.gap + 8
  }
  const chips = of('chip')
  const below = stack(
    [
      ...mechanisms.map((node) => contain(node, around)),
      grid(
        of('part').map((node) => contain(node, around)),
        6,
        SIZES.part.gap,
      ),
      chipColumns(' chips', chips, Math.max(4, Math.ceil(Math.sqrt(chips.length * 3))), around),
    ],
    frame.gap + 8,
  )
  for (const { id, box } of shifted(below, 0, y)) boxes.set(id, box)
  return { boxes, channel: first - channel / 2 }
}

/**
 * The place that a card without one belongs to: where its lines lead, by way of other cards if need be; else where most of its kin are,
 * things of kinds that begin with the same word.
 */
function homes(
  nodes: readonly SceneNode[],
  roots: readonly SceneNode[],
  plain: readonly SceneNode[],
  { byId, joins }: Surroundings,
): ReadonlyMap<string, string> {
  const cards = roots.filter(({ shape }) => shape === 'card')
  const places = new Set(plain.map(({ id }) => id))
  const rootOf = (id: string): string => {
    let at = id
    for (let steps = 0; steps < 12; steps++) {
      const parent = byId.get(at)?.parent
      if (parent === undefined || !byId.has(parent)) break
      at = parent
    }
    return at
  }
  const among = joinsAmong(new Set([...places, ...cards.map(({ id }) => id)]), joins, (id) => byId.get(id)?.parent)
  const found = new Map<string, string>()
  for (let round = 0; round < 4; round++)
    for (const { id } of cards) {
      if (found.has(id)) continue
      for (const { from, to } of among) {
        const other = from === id ? to : to === id ? from : undefined
        const place = other === undefined ? undefined : places.has(other) ? other : found.get(other)
        if (place === undefined) continue
        found.set(id, place)
        break
      }
    }
  const stem = (kind: string) => kind.split('.')[0] ?? kind
  const kin = new Map<string, Map<string, number>>()
  for (const node of nodes) {
    const root = rootOf(node.id)
    if (!places.has(root) || root === node.id) continue
    const counts = kin.get(stem(node.kind)) ?? new Map<string, number>()
    counts.set(root, (counts.get(root) ?? 0) + 1)
    kin.set(stem(node.kind), counts)
  }
  for (const card of cards) {
    if (found.has(card.id)) continue
    const [most] = [...(kin.get(stem(card.kind)) ?? [])].sort((a, b) => b[1] - a[1])
    if (most) found.set(card.id, most[0])
  }
  return found
}

/** Draws the border of the one frame up around the cards of the inner rows. */
function hood(id: string, boxes: Map<string, Box>, rows: ReturnType<typeof rowsOfCards>, dx = 0, dy = 0): void {
  const box = boxes.get(id)
  if (!box || rows.wall === undefined) return
  const { inner } = rows
  const left = inner.w === 0 ? box.x : Math.min(box.x, dx + inner.x - SIZES.frame.side)
  const right = inner.w === 0 ? box.x + box.w : Math.max(box.x + box.w, dx + inner.x + inner.w + SIZES.frame.side)
  const wall = dy + rows.wall
  boxes.set(id, { x: left, y: wall, w: right - left, h: box.y + box.h - wall })
}

interface Family {
  readonly roots: readonly SceneNode[]
  readonly parents: ReadonlyMap<string, string>
  readonly surroundings: Surroundings
}

/** Who is drawn in whom. A parent that is not drawn makes a root; a chip in a chip is drawn only when chips are open. */
function family(
  nodes: readonly SceneNode[],
  open: boolean,
  places: Places,
  joins: readonly Join[],
  wide = Number.POSITIVE_INFINITY,
): Family {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const children = new Map<string, SceneNode[]>()
  const parents = new Map<string, string>()
  const roots: SceneNode[] = []
  const queueFor = nodes.find(
    (node) => node.shape === 'part' && node.parent !== undefined && byId.has(node.parent),
  )?.parent
  for (const node of nodes) {
    const given = node.parent !== undefined && node.parent !== node.id ? byId.get(node.parent) : undefined
    const parent = given?.id ?? (node.shape === 'chip' && isKin(node, queueFor) ? queueFor : undefined)
    if (parent === undefined || circular(node, byId)) {
      roots.push(node)
      continue
    }
    if (given?.shape === 'chip' && (!open || byId.get(given.parent ?? '')?.shape === 'chip')) continue
    parents.set(node.id, parent)
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  return { roots, parents, surroundings: { children, byId, places, open, chip: SIZES.chip.w, tall: 0, wide, joins } }
}

/** Whether two things are of kinds that begin with the same word. */
function isKin(node: SceneNode, other: string | undefined): boolean {
  const stem = (text: string) => text.split('.')[0]
  return other !== undefined && (stem(other) === stem(node.kind) || !node.kind.includes('.'))
}

function circular(node: SceneNode, byId: ReadonlyMap<string, SceneNode>): boolean {
  const seen = new Set<string>()
  for (let at: SceneNode | undefined = node; at; at = at.parent === undefined ? undefined : byId.get(at.parent)) {
    if (seen.has(at.id)) return true
    seen.add(at.id)
  }
  return false
}

/** Containers first, so that what is in them is drawn over them. */
function order(nodes: readonly SceneNode[], boxes: ReadonlyMap<string, Box>): Map<string, Box> {
  const layers = { frame: 0, host: 1, card: 2, part: 2, chip: 3 } as const
  const ordered = nodes.filter(({ id }) => boxes.has(id))
  const depth = (node: SceneNode) => layers[node.shape]
  return new Map(
    ordered
      .map((node, i) => ({ node, i }))
      .sort((a, b) => depth(a.node) - depth(b.node) || a.i - b.i)
      .map(({ node }) => [node.id, boxes.get(node.id) as Box]),
  )
}

/** Puts roots where the learner has put them, with everything in them. */
function move(boxes: Map<string, Box>, parents: ReadonlyMap<string, string>, moved: Moved): void {
  if (Object.keys(moved).length === 0) return
  const rootOf = (id: string): string => {
    const parent = parents.get(id)
    return parent === undefined ? id : rootOf(parent)
  }
  const original = new Map(boxes)
  for (const [id, box] of original) {
    const root = rootOf(id)
    const [from, to] = [original.get(root), moved[root]]
    if (from && to) boxes.set(id, { ...box, x: box.x + to.x - from.x, y: box.y + to.y - from.y })
  }
}
