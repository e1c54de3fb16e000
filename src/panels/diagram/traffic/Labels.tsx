import { useStore } from '@xyflow/react'
import { useMemo } from 'react'
import { Glyph } from '../../../ui/index.ts'
import { labelsOf, type RouteLabel } from '../route/labels.ts'
import type { Route } from '../route/routes.ts'

/** What is written on the lines, above all that travels on them: 18 px at any zoom. */
export function Labels({ routes }: { routes: readonly Route[] }) {
  const [x, y, zoom] = useStore((state) => state.transform)
  const labels = useMemo(() => labelsOf(routes), [routes])
  if (zoom < 0.45) return null
  return (
    <div
      className="pointer-events-none absolute left-0 top-0 z-[5]"
      style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})`, transformOrigin: '0 0' }}
    >
      {labels.map((label) => (
        <Label key={label.key} label={label} zoom={zoom} />
      ))}
    </div>
  )
}

function Label({ label: { x, y, anchor, rate, p95, errors }, zoom }: { label: RouteLabel; zoom: number }) {
  const bad = errors !== undefined && errors > 0
  const shift = anchor === 'left' ? 'translate(0, -50%)' : 'translate(-50%, -50%)'
  return (
    <span
      className={bad ? 'dg-label bad' : 'dg-label'}
      style={{
        transform: `translate(${x}px, ${y}px) scale(${Math.max(1, 1 / zoom)}) ${shift}`,
        transformOrigin: '0 0',
      }}
    >
      {perSecond(rate)}
      {p95 === undefined ? null : <span className="dg-note">p95 {milliseconds(p95)}</span>}
      {bad ? (
        <span className="err">
          <Glyph status="err" size={12} />
          {(errors * 100).toFixed(1)}%
        </span>
      ) : null}
    </span>
  )
}

function perSecond(rate: number): string {
  return `${rate >= 10 ? Math.round(rate) : rate.toFixed(1).replace('.0', '')}/s`
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`
}
