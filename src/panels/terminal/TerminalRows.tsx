import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Nouns } from '../../host/views/index.ts'
import { useTextSize } from '../../workspace/taste.ts'
import type { Row } from './rows.ts'
import { TerminalRow } from './TerminalRow.tsx'

/** Height of a row in px with text of the usual size; every row is one line, as long as it may be. */
const USUAL = 18
const MARGIN = 30

/** The rows near what is scrolled to, with empty room for the others: a long transcript costs as much as a short one. */
export function TerminalRows({
  rows,
  nouns,
  found,
  scroller,
}: {
  rows: readonly Row[]
  nouns: Nouns
  /** Index of the row that a search stands at. */
  found: number | undefined
  scroller: RefObject<HTMLDivElement | null>
}) {
  const row = USUAL * useTextSize()
  const [view, setView] = useState({ top: 0, height: 400 })
  const pinned = useRef(true)
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const look = () => {
      pinned.current = box.scrollTop + box.clientHeight >= box.scrollHeight - row
      setView({ top: Math.floor(box.scrollTop / row / 8) * 8 * row, height: box.clientHeight })
    }
    look()
    box.addEventListener('scroll', look, { passive: true })
    const size = new ResizeObserver(() => {
      if (pinned.current) box.scrollTop = box.scrollHeight
      look()
    })
    size.observe(box)
    return () => {
      box.removeEventListener('scroll', look)
      size.disconnect()
    }
  }, [scroller, row])
  useLayoutEffect(() => {
    const box = scroller.current
    if (box && pinned.current) box.scrollTop = box.scrollHeight
  }, [rows, scroller, row])
  useEffect(() => {
    const box = scroller.current
    if (box && found !== undefined) box.scrollTop = Math.max(0, found * row - box.clientHeight / 2)
  }, [found, scroller, row])
  const first = Math.max(0, Math.floor(view.top / row) - MARGIN)
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / row) + MARGIN)
  return (
    <div role="log" aria-label="Terminal output" aria-live={pinned.current ? 'polite' : 'off'}>
      <div style={{ height: first * row }} />
      {rows.slice(first, last).map((one, i) => (
        <TerminalRow key={one.key} row={one} nouns={nouns} found={first + i === found} />
      ))}
      <div style={{ height: Math.max(0, rows.length - last) * row }} />
    </div>
  )
}
