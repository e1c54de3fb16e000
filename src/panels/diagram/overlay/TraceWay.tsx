import { useEffect, useRef } from 'react'
import type { Tone } from '../../../kernel/index.ts'
import { Sheet } from './Sheet.tsx'
import type { DrawnHop } from './wayOf.ts'

/** Real ms that the dot takes from one hop to the next. */
const FLIGHT = 480

/** The way that a request has gone so far, and the request as one dot. The dot runs along the line; with reduced motion it stands where it arrives. */
export function TraceWay({ way, step, still, tone }: TraceWayProps) {
  const line = useRef<SVGPathElement>(null)
  const dot = useRef<SVGGElement>(null)
  const here = way[step]
  const path = here?.path ?? ''
  useEffect(() => {
    const [mover, track] = [dot.current, line.current]
    if (!mover || !here) return
    const put = (x: number, y: number) => mover.setAttribute('transform', `translate(${x} ${y})`)
    if (still || !track || path === '') {
      put(here.x, here.y)
      return
    }
    const length = track.getTotalLength()
    let frame = 0
    let begin: number | undefined
    const run = (now: number) => {
      begin ??= now
      const t = Math.min(1, (now - begin) / FLIGHT)
      const { x, y } = track.getPointAtLength(length * t * t * (3 - 2 * t))
      put(x, y)
      if (t < 1) frame = requestAnimationFrame(run)
    }
    frame = requestAnimationFrame(run)
    return () => cancelAnimationFrame(frame)
  }, [here, path, still])
  if (!here) return null
  return (
    <Sheet>
      <svg className="dg-wires" aria-hidden="true">
        {way
          .slice(0, step + 1)
          .map(({ path: d }, i) =>
            d === '' ? null : (
              <path
                key={`${i} ${d}`}
                ref={i === step ? line : undefined}
                d={d}
                fill="none"
                stroke="var(--accent)"
                strokeWidth={i === step ? 3 : 2}
                opacity={i === step ? 1 : 0.7}
              />
            ),
          )}
        <g ref={dot} transform={`translate(${here.x} ${here.y})`}>
          <circle r="9" fill="var(--panel)" stroke="var(--accent)" strokeWidth="2.5" />
          <circle r="4" fill={step === way.length - 1 ? `var(--${tone})` : 'var(--accent)'} />
        </g>
      </svg>
    </Sheet>
  )
}

interface TraceWayProps {
  readonly way: readonly DrawnHop[]
  readonly step: number
  readonly still: boolean
  readonly tone: Tone
}
