import { ViewportPortal } from '@xyflow/react'
import type { Guide } from '../layout/snap.ts'

/** The lines on which a dragged card has come to lie. */
export function Guides({ guides }: { guides: readonly Guide[] }) {
  if (guides.length === 0) return null
  return (
    <ViewportPortal>
      <svg className="dg-wires z-[60]" aria-hidden="true">
        {guides.map(({ upright, at, from, to }) => (
          <path
            key={`${upright} ${at}`}
            className="dg-guide"
            d={upright ? `M${at} ${from - 12}V${to + 12}` : `M${from - 12} ${at}H${to + 12}`}
          />
        ))}
      </svg>
    </ViewportPortal>
  )
}
