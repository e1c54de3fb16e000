import { useStore } from '@xyflow/react'
import type { FleetThing } from '../../../host/views/fleet.view.ts'
import { FleetPop } from './FleetPop.tsx'
import type { FleetLayout } from './fleetLayout.ts'

/** The ring round the machine that is pointed at, and what is known of the thing there. */
export function FleetSpot({ host, thing, layout }: FleetSpotProps) {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const [left, top] = [layout.tiles[host * 2], layout.tiles[host * 2 + 1]]
  if (left === undefined || top === undefined) return null
  const at = { x: left * zoom + x, y: top * zoom + y, w: layout.tile.w * zoom }
  return (
    <>
      <div
        className="pointer-events-none absolute left-0 top-0 rounded-5 border-2 border-accent"
        style={{
          width: at.w + 4,
          height: layout.tile.h * zoom + 4,
          transform: `translate(${at.x - 2}px, ${at.y - 2}px)`,
        }}
      />
      {thing ? <FleetPop thing={thing} at={at} room={{ w: width, h: height }} /> : null}
    </>
  )
}

interface FleetSpotProps {
  readonly host: number
  readonly thing: FleetThing | undefined
  readonly layout: FleetLayout
}
