import { useOverlays } from '../../../workspace/index.ts'
import type { Box } from '../layout/box.ts'
import type { Track } from '../route/path.ts'
import type { Route } from '../route/routes.ts'
import { HeatOverlay } from './HeatOverlay.tsx'
import { TraceOverlay } from './TraceOverlay.tsx'

/** What is laid over the canvas on demand: heat, and one request on its way. */
export function Overlays(props: OverlaysProps) {
  const traced = useOverlays((overlays) => overlays.traced)
  const heat = useOverlays((overlays) => overlays.heat)
  return (
    <>
      {heat ? <HeatOverlay boxes={props.boxes} reveal={props.reveal} /> : null}
      {traced ? <TraceOverlay {...props} traced={traced} /> : null}
    </>
  )
}

export interface OverlaysProps {
  readonly boxes: ReadonlyMap<string, Box>
  readonly routes: readonly Route[]
  readonly tracks: ReadonlyMap<string, Track>
  /** Nothing moves by itself. */
  readonly still: boolean
  /** Brings a thing into view. */
  reveal(id: string): void
}
