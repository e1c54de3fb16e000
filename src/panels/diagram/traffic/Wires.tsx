import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import { pathOf } from '../route/path.ts'
import type { Route } from '../route/routes.ts'

/** The lines themselves. They stand still; what travels on them is drawn elsewhere. */
export const Wires = memo(function Wires({ routes }: { routes: readonly Route[] }) {
  return (
    <ViewportPortal>
      <svg className="dg-wires" aria-hidden="true">
        {routes.map(({ edge, corners, cut }) => (
          <g key={edge.id}>
            <path className={`dg-wire ${edge.kind}`} d={pathOf(corners)} />
            {cut ? <path className="dg-cross" d={cross(corners)} /> : null}
          </g>
        ))}
      </svg>
    </ViewportPortal>
  )
})

function cross(corners: readonly number[]): string {
  const [x, y] = [corners.at(-2) ?? 0, corners.at(-1) ?? 0]
  return `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`
}
