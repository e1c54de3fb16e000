import { useMemo, useRef } from 'react'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import type { Arrangement } from '../layout/arrange.ts'
import type { Box } from '../layout/box.ts'
import type { DiagramNode } from '../nodes/nodeData.ts'

const layers = { frame: 0, host: 10, card: 20, part: 20, chip: 30 } as const

/**
 * React Flow's nodes for an arrangement. Sizes are given, so that nothing is measured; a node whose box is the same stays the same
 * object, so that nothing but what moved is drawn anew. `held` is the one that the pointer drags.
 */
export function useFlowNodes({ arrangement, nodes, open, selected, held, movable, turned }: FlowInput): DiagramNode[] {
  const before = useRef(new Map<string, DiagramNode>())
  return useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]))
    const chosen = new Set(selected)
    const mechanisms = new Set(
      nodes.flatMap(({ shape, parent }) => (shape === 'part' && parent !== undefined ? [parent] : [])),
    )
    const mixed = mixedParents(nodes)
    const kept = new Map<string, DiagramNode>()
    for (const [id, box] of arrangement.boxes) {
      const thing = byId.get(id)
      if (!thing) continue
      const at = held?.id === id ? held.at : box
      const parent = arrangement.parents.get(id)
      const inChip = parent !== undefined && byId.get(parent)?.shape === 'chip'
      const data = {
        depth: depthOf(id, arrangement),
        open: open && thing.shape === 'chip' && !inChip,
        mechanism: mechanisms.has(id),
        pictured: thing.shape === 'chip' && mixed.has(parent ?? ''),
        parent,
        turned: turned.has(id),
      }
      const old = before.current.get(id)
      const isChosen = chosen.has(id)
      const same =
        old &&
        old.position.x === at.x &&
        old.position.y === at.y &&
        old.width === box.w &&
        old.height === box.h &&
        old.selected === isChosen &&
        old.type === thing.shape &&
        old.data.depth === data.depth &&
        old.data.open === data.open &&
        old.data.mechanism === data.mechanism &&
        old.data.pictured === data.pictured &&
        old.data.parent === parent &&
        old.data.turned === data.turned
      kept.set(
        id,
        same ? old : flowNode(thing, at, box, data, isChosen, movable && !(inChip || thing.shape === 'part'), inChip),
      )
    }
    before.current = kept
    return [...kept.values()]
  }, [arrangement, nodes, open, selected, held, movable, turned])
}

interface FlowInput {
  readonly arrangement: Arrangement
  readonly nodes: readonly SceneNode[]
  readonly open: boolean
  readonly selected: readonly string[]
  readonly held: { readonly id: string; readonly at: { readonly x: number; readonly y: number } } | undefined
  readonly movable: boolean
  /** Frames whose name stands at the right. */
  readonly turned: ReadonlySet<string>
}

function flowNode(
  { id, shape }: SceneNode,
  at: { readonly x: number; readonly y: number },
  { w, h }: Box,
  data: DiagramNode['data'],
  selected: boolean,
  draggable: boolean,
  inChip: boolean,
): DiagramNode {
  return {
    id,
    type: shape,
    position: { x: at.x, y: at.y },
    width: w,
    height: h,
    measured: { width: w, height: h },
    handles: [],
    data,
    selected,
    draggable: draggable && !(shape === 'frame' && data.depth > 0),
    connectable: false,
    focusable: false,
    zIndex: layers[shape] + (inChip ? 5 : 0) + (shape === 'frame' ? data.depth : 0),
    ...(shape === 'frame'
      ? { dragHandle: '.dg-legend', style: { pointerEvents: 'none' as const } }
      : shape === 'host'
        ? { dragHandle: '.dg-head' }
        : {}),
  }
}

/** Ids of what holds chips of more than one kind. */
function mixedParents(nodes: readonly SceneNode[]): ReadonlySet<string> {
  const kinds = new Map<string, string>()
  const mixed = new Set<string>()
  for (const { shape, parent, kind } of nodes) {
    if (shape !== 'chip' || parent === undefined) continue
    const known = kinds.get(parent)
    if (known === undefined) kinds.set(parent, kind)
    else if (known !== kind) mixed.add(parent)
  }
  return mixed
}

function depthOf(id: string, { parents }: Arrangement): number {
  let depth = 0
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) depth++
  return depth
}
