import { useStore, useStoreApi } from '@xyflow/react'
import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import { Glyph } from '../../../ui/index.ts'
import { labelsOf, type RouteLabel } from '../route/labels.ts'
import type { Route } from '../route/routes.ts'

/** What is written on the lines, above all that travels on them: 18 px at any zoom. */
export const Labels = memo(function Labels({ routes }: { routes: readonly Route[] }) {
  const flow = useStoreApi()
  const far = useStore((state) => state.transform[2] < 0.45)
  const sheet = useRef<HTMLDivElement>(null)
  const labels = useMemo(() => labelsOf(routes), [routes])
  useLayoutEffect(() => {
    if (far) return
    const follow = ({ transform: [x, y, zoom] }: Pick<ReturnType<typeof flow.getState>, 'transform'>) => {
      if (!sheet.current) return
      sheet.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
      sheet.current.style.setProperty('--grown', String(Math.max(1, 1 / zoom)))
    }
    follow(flow.getState())
    return flow.subscribe((state, before) => {
      if (state.transform !== before.transform) follow(state)
    })
  }, [flow, far])
  if (far) return null
  return (
    <div ref={sheet} className="pointer-events-none absolute left-0 top-0 z-[5] origin-top-left">
      {labels.map((label) => (
        <Label key={label.key} label={label} />
      ))}
    </div>
  )
})

const Label = memo(function Label({ label: { x, y, anchor, rate, p95, errors } }: { label: RouteLabel }) {
  const bad = errors !== undefined && errors > 0
  const shift = anchor === 'left' ? 'translate(0, -50%)' : 'translate(-50%, -50%)'
  return (
    <span
      className={bad ? 'dg-label bad' : 'dg-label'}
      style={{
        transform: `translate(${x}px, ${y}px) scale(var(--grown, 1)) ${shift}`,
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
})

function perSecond(rate: number): string {
  return `${rate >= 10 ? Math.round(rate) : rate.toFixed(1).replace('.0', '')}/s`
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`
}
