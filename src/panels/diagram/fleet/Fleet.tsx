import { ReactFlowProvider } from '@xyflow/react'
import { useView } from '../../../host/react.ts'
import type { Fleet as FleetPicture } from '../../../host/views/fleet.view.ts'
import { FleetCanvas } from './FleetCanvas.tsx'

/** Every machine as a tile and every chip as a cell: the many are pixels, and picking a pixel selects the real thing. */
export function Fleet() {
  const fleet = useView<FleetPicture>('fleet')
  if (!fleet) return <section className="dg h-full w-full" aria-label="Fleet" />
  return (
    <ReactFlowProvider>
      <FleetCanvas fleet={fleet} />
    </ReactFlowProvider>
  )
}
