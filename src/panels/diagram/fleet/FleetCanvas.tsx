import { useReactFlow, useStore } from '@xyflow/react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import type { Fleet, FleetThing } from '../../../host/views/fleet.view.ts'
import { announce } from '../../../ui/index.ts'
import { useLayout, useSelection } from '../../../workspace/index.ts'
import { Tools } from '../tools/Tools.tsx'
import { FleetLabels } from './FleetLabels.tsx'
import { FleetPane } from './FleetPane.tsx'
import { FleetSpot } from './FleetSpot.tsx'
import { FleetTally } from './FleetTally.tsx'
import { pick } from './fleetLayout.ts'
import { useFleetLayout } from './useFleetLayout.ts'
import { useFleetSheets } from './useFleetSheets.ts'

/** The spot that is pointed at, and what is there once the world has said. */
interface Spot {
  readonly host: number
  readonly cell: number | undefined
  readonly thing: FleetThing | undefined
}

/** The canvas of cells under a camera, with one pop-over and a ring on what is pointed at. */
export function FleetCanvas({ fleet }: { fleet: Fleet }) {
  const lab = useLab()
  const flow = useReactFlow()
  const near = useRef<HTMLCanvasElement>(null)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const aspect = width > 0 ? Math.round((width / Math.max(1, height)) * 4) / 4 : 1.5
  const layout = useFleetLayout(fleet, aspect)
  const [spot, setSpot] = useState<Spot | undefined>(undefined)
  const asked = useRef(0)
  const far = useFleetSheets(fleet, layout, near, width, height)
  const fit = () => {
    const { bounds } = layout
    if (width === 0 || bounds.w === 0) return
    const room = width - 32 - (width >= WIDE ? ASIDE : 0)
    const scale = Math.min(MOST, room / bounds.w, (height - 76) / bounds.h)
    void flow.setViewport({
      x: 16 + (room - bounds.w * scale) / 2 - bounds.x * scale,
      y: 60 - bounds.y * scale,
      zoom: scale,
    })
  }
  const fitted = useRef('')
  useEffect(() => {
    const key = `${width} ${height} ${layout.bounds.w} ${layout.bounds.h}`
    if (fitted.current === key) return
    fitted.current = key
    fit()
  })

  const point = (next: { host: number; cell: number | undefined } | undefined, say = false) => {
    if (next?.host === spot?.host && next?.cell === spot?.cell) return
    const number = ++asked.current
    setSpot(next && { ...next, thing: undefined })
    if (!next) {
      useSelection.getState().hover(undefined)
      return
    }
    void lab
      .ask('fleetCell', next.cell === undefined ? { host: next.host } : { host: next.host, cell: next.cell })
      .then((thing) => {
        if (number !== asked.current || !thing) return
        const found = thing as FleetThing
        setSpot({ ...next, thing: found })
        useSelection.getState().hover(found.id)
        if (say) announce(`${found.label} ${found.look.title}, ${found.look.word}`)
      })
  }
  const at = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const place = flow.screenToFlowPosition({ x: clientX, y: clientY })
    return pick(layout, fleet.waiting, place.x, place.y)
  }
  const choose = (dive: boolean) => {
    if (!spot?.thing) return
    useSelection.getState().select(spot.thing.id)
    if (dive) {
      useSelection.getState().seek(spot.thing.id)
      useLayout.getState().setLod('node')
    } else useLayout.getState().openInspector('why')
  }
  const keys = (event: KeyboardEvent) => {
    const count = fleet.hosts.count.length
    const now = spot?.host ?? -1
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (step !== undefined) point({ host: Math.max(0, Math.min(count - 1, now + step)), cell: undefined }, true)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = beyond(layout.tiles, now, event.key === 'ArrowDown' ? 1 : -1)
      if (next !== undefined) point({ host: next, cell: undefined }, true)
    } else if (event.key === 'Enter') choose(true)
    else if (event.key === 'Escape') point(undefined)
    else if (event.key === '+' || event.key === '=') void flow.zoomIn()
    else if (event.key === '-') void flow.zoomOut()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section
      className="dg h-full w-full"
      role="application"
      aria-label="Fleet"
      aria-roledescription="canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one tab stop; arrow keys walk the machines in it
      tabIndex={0}
      onKeyDown={keys}
      onPointerMove={(event: PointerEvent) => {
        if (event.buttons === 0 && !(event.target as Element).closest('.dg-float, .dg-tools')) point(at(event))
      }}
      onPointerLeave={() => point(undefined)}
    >
      <canvas ref={far} className="pointer-events-none absolute left-0 top-0 origin-top-left will-change-transform" />
      <canvas ref={near} className="pointer-events-none absolute inset-0 h-full w-full" />
      <FleetLabels fleet={fleet} layout={layout} />
      <FleetPane onChoose={choose} />
      {spot && spot.host >= 0 ? <FleetSpot host={spot.host} thing={spot.thing} layout={layout} /> : null}
      <FleetTally fleet={fleet} wide={width >= WIDE} />
      <Tools map={false} onFit={fit} fleet />
    </section>
  )
}

/** The tile straight above or below. */
function beyond(tiles: Float32Array, host: number, way: 1 | -1): number | undefined {
  const [x, y] = [tiles[host * 2], tiles[host * 2 + 1]]
  if (x === undefined || y === undefined) return tiles.length > 0 ? 0 : undefined
  let best: { host: number; cost: number } | undefined
  for (let other = 0; other * 2 < tiles.length; other++) {
    const dy = ((tiles[other * 2 + 1] as number) - y) * way
    if (dy <= 0) continue
    const cost = dy + Math.abs((tiles[other * 2] as number) - x) * 3
    if (!best || cost < best.cost) best = { host: other, cost }
  }
  return best?.host
}

/** A small fleet is not blown up beyond this; from this width on, the tally has its own room at the right. */
const MOST = 1.8
const WIDE = 760
const ASIDE = 208
