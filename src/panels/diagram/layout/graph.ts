import { type Block, grid, shifted, stack } from './block.ts'
import type { Join } from './links.ts'

type Dagre = typeof import('@dagrejs/dagre')

let dagre: Dagre | undefined
let loading: Promise<void> | undefined
const listeners = new Set<() => void>()

/** Loads what lays out lines; few scenes need it, so it comes with the first that does. */
export function loadGraphs(): Promise<void> {
  loading ??= import('@dagrejs/dagre').then((found) => {
    dagre = found
    for (const listener of listeners) listener()
  })
  return loading
}

/** Whether lines can be laid out yet, for React. */
export const graphs = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  ready: (): boolean => dagre !== undefined,
}

/**
 * Blocks that lines join, laid out from left to right along the lines so that they do not cross; those that none joins follow in rows.
 * Until `loadGraphs` has done its work all of them stand in rows.
 */
export function graphOf(
  blocks: readonly (readonly [id: string, block: Block])[],
  joins: readonly Join[],
  gap: Gap,
): Block {
  const joined = new Set(joins.flatMap(({ from, to }) => [from, to]))
  const loose = blocks.filter(([id]) => !joined.has(id)).map(([, block]) => block)
  const rest = grid(loose, gap.columns, gap.across)
  if (joined.size === 0) return rest
  if (!dagre) {
    void loadGraphs()
    return grid(
      blocks.map(([, block]) => block),
      gap.columns,
      gap.across,
    )
  }
  const graph = new dagre.Graph()
  graph.setGraph({
    rankdir: 'LR',
    nodesep: gap.down,
    ranksep: gap.along,
    marginx: 0,
    marginy: 0,
    ranker: 'network-simplex',
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const [id, { w, h }] of blocks) if (joined.has(id)) graph.setNode(id, { width: w, height: h })
  for (const { from, to } of joins) graph.setEdge(from, to)
  dagre.layout(graph)
  const items: Block['items'][number][] = []
  let [w, h] = [0, 0]
  for (const [id, block] of blocks) {
    if (!joined.has(id)) continue
    const at = graph.node(id) as { readonly x: number; readonly y: number }
    const [x, y] = [Math.round(at.x - block.w / 2), Math.round(at.y - block.h / 2)]
    items.push(...shifted(block, x, y))
    w = Math.max(w, x + block.w)
    h = Math.max(h, y + block.h)
  }
  const drawn: Block = { w, h, items }
  // What stands alone goes to the right of a low graph, and below a tall one.
  if (loose.length === 0) return drawn
  return rest.h <= h * 1.5 || h < 120
    ? { w: w + gap.across + rest.w, h: Math.max(h, rest.h), items: [...items, ...shifted(rest, w + gap.across, 0)] }
    : stack([drawn, rest], gap.down)
}

/** Distances in px: between what follows along a line, between what stands one below another, and between things that no line joins. */
export interface Gap {
  readonly along: number
  readonly down: number
  readonly across: number
  /** How many of those stand side by side. */
  readonly columns: number
}
