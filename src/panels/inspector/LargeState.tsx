import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { Section } from '../../ui/index.ts'
import { runAction } from '../../workspace/index.ts'
import { HistoryStrip } from './HistoryStrip.tsx'
import { InspectorHead } from './InspectorHead.tsx'
import { Remaining } from './Remaining.tsx'
import { Statechart } from './Statechart.tsx'
import { useWays, WaysOut } from './WaysOut.tsx'

/** The statechart at full size beside the left part of the canvas, above the timeline. A press on a way runs to its timer or causes it. */
export function LargeState({ inspection, onClose }: { inspection: Inspection; onClose: () => void }) {
  const lab = useLab()
  const box = useRef<HTMLElement>(null)
  const [marked, setMarked] = useState<string>()
  const ways = useWays(inspection)
  const { id, timers, state } = inspection
  const cause = useCallback(
    (type: string) => {
      const timer = timers.find(({ delay }) => type === `after.${delay}`)
      const action = ways.get(type)
      if (timer) void lab.seek(timer.at)
      else if (action) void runAction(lab, id, action, 'inspector')
      setMarked(type)
    },
    [lab, id, timers, ways],
  )
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return createPortal(
    <section
      ref={box}
      tabIndex={-1}
      aria-label={`Lifecycle of ${inspection.name}`}
      className="fixed top-(--bar) right-0 bottom-(--timeline) left-0 z-30 flex flex-col border-line border-l bg-panel shadow-3 outline-none md:left-[28vw]"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className="border-line border-b">
        <InspectorHead inspection={inspection} onClose={onClose} large />
      </div>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div className="flex flex-none flex-wrap gap-4 px-5 pt-3">
            <Legend stroke="var(--err)" width={2.4}>
              last step
            </Legend>
            <Legend stroke="var(--accent)" width={2}>
              possible now
            </Legend>
            <Legend stroke="var(--accent)" width={2} dashed>
              on a timer
            </Legend>
            <Legend stroke="var(--edge)" width={1.6}>
              taken before, with count
            </Legend>
          </div>
          <div className="min-h-0 flex-1">
            <Statechart inspection={inspection} onCause={cause} />
          </div>
        </div>
        <div className="w-[304px] flex-none overflow-y-auto border-line border-l max-lg:w-auto max-lg:flex-1 max-lg:border-t max-lg:border-l-0">
          <WaysOut inspection={inspection} marked={marked} />
          {timers.length > 0 ? (
            <Section title={`Timers of ${inspection.name}`}>
              <ul className="m-0 grid list-none gap-2 p-0">
                {timers.map((timer) => (
                  <li key={timer.delay} className="flex items-center justify-between gap-2 text-12">
                    {timer.delay}
                    <Remaining timer={timer} size={18} status={inspection.tones[state]} />
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
      </div>
      <div className="flex-none border-line border-t">
        <HistoryStrip inspection={inspection} />
      </div>
    </section>,
    document.body,
  )
}

function Legend({
  stroke,
  width,
  dashed,
  children,
}: {
  stroke: string
  width: number
  dashed?: boolean | undefined
  children: ReactNode
}) {
  return (
    <span className="sub flex items-center gap-1.5">
      <svg width="22" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={stroke} strokeWidth={width} strokeDasharray={dashed ? '5 3' : undefined} />
      </svg>
      {children}
    </span>
  )
}
