import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock, TimelinePicture } from '../../host/views/index.ts'
import { EventMark } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { BookmarkMarks } from './BookmarkMarks.tsx'
import { ChapterRing } from './ChapterRing.tsx'
import { dueLabels } from './dueLabels.ts'
import { Hand } from './Hand.tsx'
import { LaneLines } from './LaneLines.tsx'
import { LaneMarks } from './LaneMarks.tsx'
import { laneAt, laneRows } from './laneRows.ts'
import { ringFor } from './ticks.ts'
import { clockText, wholeText } from './timeText.ts'
import { useSeek } from './useSeek.ts'
import { useSteadyView } from './useSteadyView.ts'
import { FIRST_WINDOW, follow, pan, type ViewWindow, zoom } from './viewWindow.ts'

/** Height of the line under the lanes, in px; below it lies the ring of times. */
const BASE = 56

/**
 * The strip of lanes. Dragging on the lanes scrubs, dragging on the times (or with Shift, or the middle button) pans, the wheel zooms. As a slider:
 * arrows go one beat, Page keys ten, Home and End to the ends, `+` and `-` zoom.
 */
export function Track({ clock }: { clock: Clock }) {
  const lab = useLab()
  const seek = useSeek()
  const select = useSelection((selection) => selection.select)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [view, setView] = useState<ViewWindow>(FIRST_WINDOW)
  const [held, setHeld] = useState(false)
  const [scrubbed, setScrubbed] = useState<number>()
  const { now, end, branch, branches, inPast } = clock
  const shownNow = scrubbed ?? now
  if (!held && scrubbed === undefined) {
    const next = follow(view, now, width)
    if (next !== view) setView(next)
  }
  // Once the world stands where the hand was let go, its own time is shown again.
  useEffect(() => {
    if (scrubbed !== undefined && !dragging.current && Math.abs(now - scrubbed) < 2) setScrubbed(undefined)
  }, [now, scrubbed])
  // Anything that moves the clock elsewhere brings the strip back under the hand.
  useEffect(() => setHeld(false), [clock.playing, branch])

  const { origin, perMs } = view
  const x = useCallback((at: number) => (at - origin) * perMs, [origin, perMs])
  const span = Math.max(1, width / perMs)
  const from = Math.max(0, Math.floor(origin / span) * span)
  const to = from + 2 * span
  const picture = useSteadyView<TimelinePicture>('timeline', { from: Math.floor(from), to: Math.ceil(to) })
  const rows = useMemo(() => laneRows(branches, branch, 90 / perMs), [branches, branch, perMs])
  const row = rows.get(laneAt(branches, branch, shownNow)) ?? 40
  const due = useMemo(
    () =>
      dueLabels(
        (picture?.due ?? []).filter(({ at }) => at > now),
        x,
        width,
      ),
    [picture?.due, x, width, now, inPast],
  )

  const dragging = useRef<{ readonly pan: boolean; moved: boolean; from: number; readonly left: number } | undefined>(
    undefined,
  )
  const clamp = (at: number) => Math.round(Math.min(end, Math.max(0, at)))
  const scrubTo = (clientX: number, left: number) => {
    // Where the strip lies was read when the hand took hold: to read it again would lay the whole page out once more at every move.
    const at = clamp(origin + (clientX - left) / perMs)
    setScrubbed(at)
    seek(at)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button > 1) return
    if (event.target instanceof Element && event.target.closest('[data-mark]')) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const panning = event.button === 1 || event.shiftKey || event.clientY - top > BASE
    dragging.current = { pan: panning, moved: false, from: event.clientX, left }
    event.currentTarget.setPointerCapture(event.pointerId)
    if (!panning) {
      if (clock.playing) void lab.pause()
      scrubTo(event.clientX, left)
    }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const drag = dragging.current
    if (!drag) return
    const moved = event.clientX - drag.from
    if (drag.pan) {
      if (!drag.moved && Math.abs(moved) < 3) return
      drag.moved = true
      drag.from = event.clientX
      setHeld(true)
      setView((old) => pan(old, -moved))
    } else scrubTo(event.clientX, drag.left)
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const drag = dragging.current
    dragging.current = undefined
    if (drag?.pan && !drag.moved) scrubTo(event.clientX, drag.left)
    if (scrubbed !== undefined && Math.abs(now - scrubbed) < 2) setScrubbed(undefined)
  }
  useWheel(box, (event, place) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      setHeld(true)
      setView((old) => pan(old, event.deltaX || event.deltaY))
    } else setView((old) => zoom(old, Math.exp(-event.deltaY * 0.0022), place))
  })

  const beat = Math.max(100, ringFor(perMs)[0])
  const onKeyDown = (event: KeyboardEvent) => {
    const go = {
      ArrowLeft: shownNow - beat,
      ArrowDown: shownNow - beat,
      ArrowRight: shownNow + beat,
      ArrowUp: shownNow + beat,
      PageDown: shownNow - 10 * beat,
      PageUp: shownNow + 10 * beat,
      Home: 0,
      End: end,
    }[event.key]
    if (go !== undefined) {
      const at = event.key.startsWith('Arrow') && go > end ? Math.round(go) : clamp(go)
      setHeld(false)
      seek(at)
    } else if (event.key === '+' || event.key === '=') setView((old) => zoom(old, 1.5, x(shownNow)))
    else if (event.key === '-') setView((old) => zoom(old, 1 / 1.5, x(shownNow)))
    else return
    event.preventDefault()
  }
  const goToMark = useCallback(
    (at: number, lane: number, about: string) => {
      setHeld(false)
      if (lane === branch) void lab.seek(at)
      else void lab.switchTo(lane, at)
      select(about)
    },
    [lab, branch, select],
  )
  const goToBookmark = useCallback(
    (at: number, lane: number) => {
      setHeld(false)
      if (lane === branch) void lab.seek(at)
      else void lab.switchTo(lane, at)
    },
    [lab, branch],
  )
  const shift = (from - origin) * perMs
  const future = x(end)
  return (
    <div
      ref={box}
      className="relative min-w-0 flex-1 touch-none select-none overflow-hidden [--tl-bg:var(--panel)]"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <div
        role="slider"
        tabIndex={0}
        aria-label="Time of the world"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={Math.min(end, shownNow)}
        aria-valuetext={`${clockText(shownNow)}${inPast ? `, in the past, ${clockText(end)} is known` : ''}`}
        className="absolute inset-0 -outline-offset-2"
        onKeyDown={onKeyDown}
      >
        <svg width={width} height={75} className="block" aria-hidden="true">
          {future < width ? (
            <rect
              x={Math.max(0, future)}
              y="0"
              width={width - Math.max(0, future)}
              height={BASE}
              fill="var(--canvas)"
              opacity=".75"
            />
          ) : null}
          {inPast ? (
            <rect
              x={Math.max(0, x(shownNow))}
              y="0"
              width={Math.max(0, Math.min(width, future) - Math.max(0, x(shownNow)))}
              height={BASE}
              fill="var(--brass-tint)"
              opacity=".7"
            />
          ) : null}
          <g style={{ transform: `translateX(${shift.toFixed(2)}px)` }}>
            <ChapterRing from={from} to={to} perMs={perMs} base={BASE} />
          </g>
          <path d={`M0 ${BASE}H${width}`} stroke="var(--line-strong)" />
          <LaneLines branches={branches} rows={rows} shown={branch} end={end} width={width} x={x} />
        </svg>
      </div>
      <div className="absolute inset-x-0 cursor-grab active:cursor-grabbing" style={{ top: BASE, bottom: 0 }} />
      <div
        className="absolute top-0 left-0 will-change-transform"
        style={{ transform: `translateX(${shift.toFixed(2)}px)` }}
      >
        <LaneMarks lanes={picture?.lanes ?? []} rows={rows} perMs={perMs} from={from} onGo={goToMark} />
      </div>
      <BookmarkMarks x={x} width={width} onGo={goToBookmark} />
      {due.map(({ at, to: who, text, x: place, line }) => (
        <div key={`${who} ${text} ${at}`} className="absolute top-0" style={{ left: place }}>
          <button
            type="button"
            data-mark
            tabIndex={-1}
            data-tip={`${wholeText(at)} due: ${text}. Run until then`}
            data-tip-side="top"
            aria-label={`${clockText(at)} due: ${text}. Run until then`}
            className="absolute grid size-[18px] -translate-x-1/2 -translate-y-1/2 place-items-center rounded-5 hover:bg-hover"
            style={{ top: row }}
            onClick={() => void lab.seek(at)}
          >
            <EventMark name="due" />
          </button>
          {line === undefined ? null : (
            <span
              className="pointer-events-none absolute -translate-x-1/2 whitespace-nowrap font-medium text-11 text-muted"
              style={{ top: (row === 40 ? 17 : row + 6) - line * 14 }}
              aria-hidden="true"
            >
              {text}
            </span>
          )}
        </div>
      ))}
      <svg width={width} height={75} className="pointer-events-none absolute inset-0" aria-hidden="true">
        <Hand x={x(shownNow)} row={row} base={BASE} />
      </svg>
    </div>
  )
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    setWidth(element.clientWidth)
    return () => watch.disconnect()
  }, [box])
  return width
}

/** React's own wheel listener may not keep the page from scrolling; this one may. */
function useWheel(box: React.RefObject<HTMLElement | null>, turn: (event: WheelEvent, x: number) => void): void {
  const latest = useRef(turn)
  latest.current = turn
  useEffect(() => {
    const element = box.current
    if (!element) return
    const hear = (event: WheelEvent) => {
      event.preventDefault()
      latest.current(event, event.clientX - element.getBoundingClientRect().left)
    }
    element.addEventListener('wheel', hear, { passive: false })
    return () => element.removeEventListener('wheel', hear)
  }, [box])
}
