import Maximize from 'lucide-react/icons/maximize-2'
import { useCallback, useRef, useState } from 'react'
import type { Inspection } from '../../host/views/index.ts'
import { Button } from '../../ui/index.ts'
import { HistoryStrip } from './HistoryStrip.tsx'
import { Remaining } from './Remaining.tsx'
import { Statechart } from './Statechart.tsx'
import { WaysOut } from './WaysOut.tsx'

/** The lifecycle in a narrow panel: the machine without words on its ways, then the ways out, the timers and the history. */
export function StateTab({ inspection, onLarge }: { inspection: Inspection; onLarge: () => void }) {
  const { lifecycle, state, timers } = inspection
  const [marked, setMarked] = useState<string>()
  const box = useRef<HTMLDivElement>(null)
  const show = useCallback((type: string) => {
    setMarked(type)
    box.current?.querySelector(`[data-way="${CSS.escape(type)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={box}>
      <div className="sec">
        <div className="flex items-start gap-3">
          {timers[0] ? <Remaining timer={timers[0]} size={64} status={inspection.tones[state]} /> : null}
          <p className="m-0 min-w-0 flex-1 text-12">
            <b>{state}.</b> {lifecycle.states[state]?.description}
          </p>
        </div>
      </div>
      <div className="relative h-[300px] border-line border-b bg-canvas">
        <Statechart inspection={inspection} mini onCause={show} />
        <Button
          size="sm"
          className="absolute! right-2 bottom-2"
          icon={<Maximize size={13} strokeWidth={1.75} aria-hidden="true" />}
          onClick={onLarge}
        >
          Open large
        </Button>
      </div>
      <WaysOut inspection={inspection} marked={marked} />
      <HistoryStrip inspection={inspection} />
    </div>
  )
}
