import { useEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { classes } from '../../ui/index.ts'
import { ChapterRing } from '../timeline/ChapterRing.tsx'
import { clockText, leftText, lengthText } from '../timeline/index.ts'
import { historySpans, stripWindow } from './historySpans.ts'
import { useNow } from './useNow.ts'

/** The states of its life to scale, the future part dashed. A press on one goes to where it began. */
export function HistoryStrip({ inspection }: { inspection: Inspection }) {
  const lab = useLab()
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(320)
  const now = useNow(inspection.now)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  const spans = historySpans(inspection, now)
  const { from, to } = stripWindow(spans)
  const perMs = width / (to - from)
  const x = (at: number) => (at - from) * perMs
  const { history } = inspection
  return (
    <section className="sec bg-well" aria-label={`History of ${inspection.name}`}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-2">
        <h3 className="sec-title">History</h3>
        <span className="sub">
          {history.length} {history.length === 1 ? 'entry' : 'entries'} since {clockText(history[0]?.at ?? 0)}. Click
          one to go there
        </span>
      </div>
      <div ref={box} className="to-scale relative h-[58px]">
        {spans.map((span) => {
          const room = Math.max(3, x(span.to) - x(span.from) - 1.5)
          const length = lengthText(span.to - span.from)
          const words = span.future ? `${leftText(span.to - span.from)} to go` : span.state
          const full = `${words} ${length}`
          return (
            <button
              key={span.key}
              type="button"
              className={classes(
                `s-${span.tone} absolute h-[30px] overflow-hidden whitespace-nowrap rounded-[4px] border px-0 text-center font-medium text-11`,
                span.future && 'border-dashed',
              )}
              style={{
                left: x(span.from),
                width: room,
                borderColor: 'var(--st)',
                borderWidth: span.tone === 'err' && !span.future ? 2 : 1,
                background: span.future ? 'none' : 'var(--tint)',
                color: 'var(--st)',
              }}
              aria-label={
                span.future
                  ? `${span.state}, ${words}. Run until then`
                  : `${span.state} from ${clockText(span.from)} for ${length}`
              }
              data-tip={
                span.future ? `Run until ${clockText(span.to)}` : `${span.state}, ${clockText(span.from)}, ${length}`
              }
              onClick={() => void lab.seek(span.future ? span.to : span.from)}
            >
              {room > full.length * 6.4 + 8 && !span.future ? full : room > words.length * 6.4 + 8 ? words : null}
            </button>
          )
        })}
        <svg width={width} height="58" className="pointer-events-none absolute inset-0" aria-hidden="true">
          <g style={{ transform: `translateX(${x(Math.max(0, from)).toFixed(1)}px)` }}>
            <ChapterRing from={Math.max(0, from)} to={to} perMs={perMs} base={42} />
          </g>
          <path d={`M${x(now).toFixed(1)} -4V40`} stroke="var(--accent)" strokeWidth="1.8" />
        </svg>
      </div>
    </section>
  )
}
