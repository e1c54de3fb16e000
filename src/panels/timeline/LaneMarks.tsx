import { type KeyboardEvent, memo, useRef, useState } from 'react'
import type { Lane, MarkSort } from '../../host/views/index.ts'
import { classes, EventMark, type EventMarkName } from '../../ui/index.ts'
import { type ShownMark, thinMarks } from './thinMarks.ts'
import { clockText } from './timeText.ts'

const NAMES: Readonly<Record<MarkSort, EventMarkName>> = {
  command: 'prompt',
  deploy: 'diamond',
  state: 'circle',
  alert: 'triangle',
  fault: 'bolt',
}
/** Px that a fork takes to reach its own line: no mark stands before that. */
const BEND = 24
const WORDS: Readonly<Record<MarkSort, string>> = {
  command: 'Command',
  deploy: 'Deploy',
  state: 'State',
  alert: 'Alert',
  fault: 'Fault',
}

/**
 * The marks of all lanes, each a button that goes there. One tab stop for all: arrows walk in order of time. Placed in a box whose left
 * edge is `from`, so that a moving strip moves one box.
 */
export const LaneMarks = memo(function LaneMarks({
  lanes,
  rows,
  perMs,
  from,
  onGo,
}: {
  lanes: readonly Lane[]
  rows: ReadonlyMap<number, number>
  perMs: number
  from: number
  /** Called with where the mark is: its time, its branch and what it is about. */
  onGo: (at: number, branch: number, about: string) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const [entered, setEntered] = useState<number>()
  const shown = lanes
    .flatMap(({ id, name, marks, parent, forkedAt }) => {
      const y = rows.get(id)
      return y === undefined
        ? []
        : thinMarks(marks, perMs).map((one) => ({
            ...one,
            lane: id,
            name,
            y,
            least: parent === undefined ? Number.NEGATIVE_INFINITY : (forkedAt - from) * perMs + BEND,
          }))
    })
    .sort((a, b) => a.mark.at - b.mark.at)
  const stop = shown.some(({ mark }) => mark.event === entered) ? entered : shown.at(-1)?.mark.event

  const onKeyDown = (event: KeyboardEvent) => {
    const go = { ArrowLeft: -1, ArrowRight: 1, Home: -shown.length, End: shown.length }[event.key]
    if (go === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const here = shown.findIndex(({ mark }) => mark.event === stop)
    const there = Math.min(shown.length - 1, Math.max(0, here + go))
    const target = box.current?.children[there]
    if (target instanceof HTMLElement) target.focus()
  }
  return (
    <div ref={box} role="toolbar" aria-label="Marks on the timeline" onKeyDown={onKeyDown}>
      {shown.map(({ mark, swallowed, lane, name, y, least }) => (
        <button
          key={`${lane} ${mark.event}`}
          type="button"
          data-mark
          data-tip={sayMark({ mark, swallowed }, lanes.length > 1 ? name : undefined)}
          data-tip-side="top"
          aria-label={sayMark({ mark, swallowed }, lanes.length > 1 ? name : undefined)}
          tabIndex={mark.event === stop ? 0 : -1}
          className={classes(
            'absolute grid -translate-x-1/2 -translate-y-1/2 place-items-center rounded-5 hover:z-1 hover:bg-hover pointer-coarse:size-7',
            mark.event === stop ? 'size-6' : 'size-[18px]',
          )}
          style={{ left: Math.max(least, (mark.at - from) * perMs), top: y }}
          onFocus={() => setEntered(mark.event)}
          onClick={() => onGo(mark.at, lane, mark.about)}
        >
          <span className="grid size-[14px] place-items-center rounded-5 bg-panel">
            <EventMark name={NAMES[mark.sort]} status={mark.sort === 'fault' ? 'err' : mark.tone} />
          </span>
        </button>
      ))}
    </div>
  )
})

function sayMark({ mark, swallowed }: ShownMark, lane: string | undefined): string {
  const more = swallowed > 0 ? `, and ${swallowed} more` : ''
  return `${clockText(mark.at)} ${WORDS[mark.sort]}: ${mark.text}${more}${lane === undefined ? '' : ` (${lane})`}`
}
