import { useStoreApi } from '@xyflow/react'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Glyph } from '../../../ui/index.ts'
import { labelsOf, type RouteLabel } from '../route/labels.ts'
import type { Route } from '../route/routes.ts'
import { uncrowded } from './uncrowded.ts'

/** Below this zoom lines are too close for words. */
const FAR = 0.45
/** Real ms without a change of zoom after which labels take their places for it. */
const RESTS = 140

/** What is written on the lines, above all that travels on them: 18 px at any zoom, and as many as stand free of each other. */
export const Labels = memo(function Labels({ routes }: { routes: readonly Route[] }) {
  const flow = useStoreApi()
  const sheet = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(() => flow.getState().transform[2])
  const labels = useMemo(() => labelsOf(routes), [routes])
  const shown = useMemo(() => (zoom < FAR ? [] : uncrowded(labels, zoom)), [labels, zoom])
  // The sheet follows the camera as a whole; its labels are placed anew only when a zoom has come to rest.
  useLayoutEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    const follow = ([x, y, now]: readonly [number, number, number]) => {
      if (sheet.current) sheet.current.style.transform = `translate(${x}px, ${y}px) scale(${now / zoom})`
      clearTimeout(resting)
      if (now !== zoom) resting = setTimeout(() => setZoom(now), RESTS)
    }
    follow(flow.getState().transform)
    const stop = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) follow(state.transform)
    })
    return () => {
      stop()
      clearTimeout(resting)
    }
  }, [flow, zoom])
  return (
    <div ref={sheet} className="pointer-events-none absolute left-0 top-0 z-[5] origin-top-left will-change-transform">
      {shown.map((label) => (
        <Label key={label.key} label={label} zoom={zoom} />
      ))}
    </div>
  )
})

const Label = memo(
  function Label({ label: { x, y, anchor, rate, p95, errors }, zoom }: LabelProps) {
    const bad = errors !== undefined && errors > 0
    return (
      <span
        className={anchor === 'left' ? 'dg-labelled' : 'dg-labelled justify-center'}
        style={{ left: x * zoom, top: y * zoom }}
      >
        <span className={bad ? 'dg-label bad' : 'dg-label'}>
          {perSecond(rate)}
          {p95 === undefined ? null : <span className="dg-note">p95 {milliseconds(p95)}</span>}
          {bad ? (
            <span className="err">
              <Glyph status="err" size={12} />
              {(errors * 100).toFixed(1)}%
            </span>
          ) : null}
        </span>
      </span>
    )
  },
  (a, b) => a.zoom === b.zoom && JSON.stringify(a.label) === JSON.stringify(b.label),
)

interface LabelProps {
  readonly label: RouteLabel
  readonly zoom: number
}

function perSecond(rate: number): string {
  return `${rate >= 10 ? Math.round(rate) : rate.toFixed(1).replace('.0', '')}/s`
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`
}
