import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { usePositions, useSelection } from '../../../workspace/index.ts'
import { type Arrangement, arrange, type Moved, type Shape } from '../layout/arrange.ts'
import { bestShape, type Room } from '../layout/folding.ts'
import { graphs } from '../layout/graph.ts'
import { legendsAtRight } from '../layout/legends.ts'
import { Places } from '../layout/places.ts'
import { lifted } from '../route/lifted.ts'
import { type Track, trackOf } from '../route/path.ts'
import { type Route, routesOf } from '../route/routes.ts'
import type { SceneStore } from './sceneStore.ts'

/** Where everything is and which lines run between, computed only when a box or a line may have changed. */
export function useArrangement(
  store: SceneStore,
  open: boolean,
  own: boolean,
  live: Moved | undefined,
  room: Room | undefined,
): Laid {
  const places = useRef<{ node: Places; open: Places } | undefined>(undefined)
  places.current ??= { node: new Places(), open: new Places() }
  const memory = places.current
  const nodes = useSyncExternalStore(store.onShape, () => store.nodes)
  const edges = useSyncExternalStore(store.onFlows, () => store.edges)
  const put = usePositions((positions) => positions.moved)
  const moved = useMemo(() => (own ? { ...put, ...live } : {}), [own, put, live])
  const [turn, setTurn] = useState(0)
  // Rates change all the time; where lines lead seldom does.
  const lines = [...new Set(edges.map(({ from, to }) => `${from} ${to}`))].sort().join('\n')
  const joins = useMemo(
    () =>
      lines === ''
        ? []
        : lines.split('\n').map((line) => {
            const [from = '', to = ''] = line.split(' ')
            return { from, to }
          }),
    [lines],
  )
  const lined = useSyncExternalStore(graphs.subscribe, graphs.ready)
  const folded = useRef<Shape>({})
  const [w, h] = [room?.w ?? 0, room?.h ?? 0]
  // What comes and goes within machines does not turn the picture over; machines, places and cards may.
  const outline = nodes.flatMap(({ id, shape }) => (shape === 'chip' ? [] : [id])).join(' ')
  const shape = useMemo(() => {
    folded.current = w === 0 || open ? {} : bestShape(store.nodes, false, joins, { w, h }, folded.current)
    return folded.current
  }, [store, outline, w, h, open, joins, lined])
  const arrangement = useMemo(
    () => arrange(nodes, open, open ? memory.open : memory.node, moved, joins, shape),
    [nodes, open, moved, memory, turn, joins, lined, shape],
  )
  // Control lines are drawn on demand: those of the thing that is pointed at.
  const pointed = useSelection((state) => state.hovered ?? state.selected[0])
  const routes = useMemo(() => {
    const shapes = new Map(nodes.map(({ id, shape }) => [id, shape]))
    const follows = (from: string, to: string) =>
      [from, to].every((id) => ['host', 'frame'].includes(shapes.get(id) ?? '')) &&
      arrangement.parents.get(from) === arrangement.parents.get(to)
    const shown = edges.filter(
      ({ kind, from, to }) => kind !== 'control' || from === pointed || to === pointed || follows(from, to),
    )
    return routesOf(lifted(shown, nodes, arrangement), { ...arrangement, shapes })
  }, [nodes, edges, arrangement, pointed])
  const turned = useMemo(
    () =>
      legendsAtRight(
        nodes,
        arrangement.boxes,
        routes.map(({ corners }) => corners),
      ),
    [nodes, arrangement, routes],
  )
  const tracks = useRef(new Map<string, { corners: string; track: Track }>())
  const walked = useMemo(() => {
    const kept = new Map<string, { corners: string; track: Track }>()
    for (const { edge, corners } of routes) {
      if (edge.kind !== 'traffic') continue
      const key = corners.join()
      const old = tracks.current.get(edge.id)
      kept.set(edge.id, old?.corners === key ? old : { corners: key, track: trackOf(corners) })
    }
    tracks.current = kept
    return new Map([...kept].map(([id, { track }]) => [id, track]))
  }, [routes])
  return {
    arrangement,
    routes,
    turned,
    tracks: walked,
    tidy: () => {
      memory.node.tidy()
      memory.open.tidy()
      setTurn((last) => last + 1)
    },
  }
}

export interface Laid {
  readonly arrangement: Arrangement
  readonly routes: readonly Route[]
  readonly tracks: ReadonlyMap<string, Track>
  /** Frames whose name stands at the right. */
  readonly turned: ReadonlySet<string>
  /** Forgets all places, so that the next layout closes the gaps. */
  tidy(): void
}
