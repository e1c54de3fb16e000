import type { SceneNode } from '../../../host/views/scene.view.ts'
import { grid, shifted, stack } from './block.ts'
import { type Box, around as boundsOf } from './box.ts'
import { across, chipColumns, contain, isMechanism, type Surroundings } from './contain.ts'
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

/** Where a learner has put things, by id; everything else finds its own place. */
export type Moved = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/**
 * Lays a scene out: boxes in boxes, cards above them in rows by rank so that traffic runs from top to bottom, the mechanism at the
 * foot. The same scene and the same memory of places give the same picture. When there is one place only that holds machines, its
 * border is drawn around the cards that serve from within it, and the gate (rank 1) stands in its wall.
 */
export function arrange(nodes: readonly SceneNode[], open: boolean, places: Places, moved: Moved = {}): Arrangement {
  const { roots, parents, surroundings } = family(nodes, open, places)
  const of = (shape: SceneNode['shape']) => roots.filter((node) => node.shape === shape)
  const frames = of('frame')
  const plain = frames.filter((node) => !isMechanism(node, surroundings))
  const mechanisms = frames.filter((node) => isMechanism(node, surroundings))
  const { frame, channel } = SIZES
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
  const shift = rows.h === 0 ? 0 : Math.max(0, rows.centre - body.w / 2)
  const top = rows.h === 0 ? 0 : rows.h + channel
  const placed = [...shifted(rows, 0, 0), ...shifted(body, shift, top)]
  const boxes = new Map<string, Box>()
  for (const { id, box } of placed) boxes.set(id, box)
  if (single && rows.h > 0) hood(single.id, boxes, rows)
  const inOrder = order(nodes, boxes)
  move(inOrder, parents, moved)
  return { boxes: inOrder, parents, bounds: boundsOf(inOrder.values()), channel: top - channel / 2 }
}

/** Draws the border of the one frame up around the cards of the inner rows. */
function hood(id: string, boxes: Map<string, Box>, rows: ReturnType<typeof rowsOfCards>): void {
  const box = boxes.get(id)
  if (!box || rows.wall === undefined) return
  const { inner } = rows
  const left = inner.w === 0 ? box.x : Math.min(box.x, inner.x - SIZES.frame.side)
  const right = inner.w === 0 ? box.x + box.w : Math.max(box.x + box.w, inner.x + inner.w + SIZES.frame.side)
  boxes.set(id, { x: left, y: rows.wall, w: right - left, h: box.y + box.h - rows.wall })
}

interface Family {
  readonly roots: readonly SceneNode[]
  readonly parents: ReadonlyMap<string, string>
  readonly surroundings: Surroundings
}

/** Who is drawn in whom. A parent that is not drawn makes a root; a chip in a chip is drawn only when chips are open. */
function family(nodes: readonly SceneNode[], open: boolean, places: Places): Family {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const children = new Map<string, SceneNode[]>()
  const parents = new Map<string, string>()
  const roots: SceneNode[] = []
  const queueFor = nodes.find(
    (node) => node.shape === 'part' && node.parent !== undefined && byId.has(node.parent),
  )?.parent
  for (const node of nodes) {
    const given = node.parent !== undefined && node.parent !== node.id ? byId.get(node.parent) : undefined
    const parent = given?.id ?? (node.shape === 'chip' ? queueFor : undefined)
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
  return { roots, parents, surroundings: { children, byId, places, open, chip: SIZES.chip.w, tall: 0 } }
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
