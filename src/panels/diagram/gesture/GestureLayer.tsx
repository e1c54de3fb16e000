import { useContext, useEffect, useSyncExternalStore } from 'react'
import { announce, classes, Glyph, Pictogram } from '../../../ui/index.ts'
import { elementId } from '../nodes/Shell.tsx'
import { SceneContext } from '../scene/context.ts'
import { GestureContext, usePending } from './context.ts'
import type { Intent } from './gestureStore.ts'

/** What goes with the pointer during a gesture: the thing at hand, the line that is drawn, and what it would mean or why not. */
export function GestureLayer({ frame }: { frame: React.RefObject<HTMLElement | null> }) {
  const gestures = useContext(GestureContext)
  const scene = useContext(SceneContext)
  const pending = usePending()
  const refused = useSyncExternalStore(gestures?.subscribe ?? (() => () => {}), () => gestures?.refused)
  useEffect(() => {
    if (!refused || !gestures) return
    announce(refused.text)
    const timer = window.setTimeout(() => {
      if (gestures.refused === refused) gestures.cancel()
    }, 4200)
    return () => window.clearTimeout(timer)
  }, [refused, gestures])
  const why =
    pending?.at === undefined && pending?.meaning && 'refuse' in pending.meaning ? pending.meaning.refuse : undefined
  useEffect(() => {
    if (why !== undefined) announce(why)
  }, [why])
  const rect = frame.current?.getBoundingClientRect()
  if (!rect) return null
  const inside = (at: { x: number; y: number }) => ({ x: at.x - rect.left, y: at.y - rect.top })
  if (!pending) {
    if (!refused) return null
    const at = refused.at ? inside(refused.at) : { x: rect.width / 2, y: rect.height - 60 }
    return <Bubble x={at.x} y={at.y} refuse={refused.text} />
  }
  const { intent, at, over, meaning } = pending
  const point = at ? inside(at) : over ? middle(over, rect) : { x: rect.width / 2, y: 60 }
  const source = intent.sort === 'connect' ? foot(intent.from, rect) : undefined
  return (
    <>
      {source ? (
        <svg className="pointer-events-none absolute inset-0 z-[7] h-full w-full" aria-hidden="true">
          <path
            d={`M${source.x} ${source.y}L${point.x} ${point.y}`}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.5"
            strokeDasharray="5 4"
          />
        </svg>
      ) : null}
      {intent.sort === 'place' && at ? (
        <span
          className="dg-float pointer-events-none z-[8] flex h-7 items-center gap-1.5 rounded-6 border-dashed border-accent! px-2 text-12 text-accent"
          style={{ left: point.x + 10, top: point.y - 14 }}
        >
          <Pictogram name={intent.item.pictogram} size={14} />
          {intent.item.label}
        </span>
      ) : null}
      {meaning ? (
        <Bubble
          x={point.x}
          y={point.y + (intent.sort === 'place' ? 22 : 12)}
          {...('line' in meaning ? { line: meaning.line } : { refuse: meaning.refuse })}
        />
      ) : (
        <Bubble
          x={point.x}
          y={point.y + (intent.sort === 'place' ? 22 : 12)}
          say={hint(intent.sort, scene.get(over ?? '')?.look.title, gestures?.kinds ?? [])}
        />
      )}
    </>
  )

  /** Where the handle of a thing is. */
  function foot(id: string, within: DOMRect): { x: number; y: number } {
    const box = document.getElementById(elementId(id))?.getBoundingClientRect()
    if (!box) return middle(id, within)
    return { x: box.left + box.width / 2 - within.left, y: box.bottom - within.top }
  }

  function middle(id: string, within: DOMRect): { x: number; y: number } {
    const box = document.getElementById(elementId(id))?.getBoundingClientRect()
    if (!box) return { x: within.width / 2, y: within.height / 2 }
    return { x: box.left + box.width / 2 - within.left, y: box.top + Math.min(box.height / 2, 28) - within.top }
  }
}

function hint(sort: Intent['sort'], over: string | undefined, kinds: readonly string[]): string {
  const among = kinds.length === 0 ? '' : ` ${kinds.join(', ')}.`
  switch (sort) {
    case 'place':
      return 'Choose a place, Escape to leave it'
    case 'pick':
      return over === undefined ? 'Connect what? Click where the line begins' : `Begin at ${over}`
    case 'connect':
      return over === undefined ? `Connect to what?${among}` : `Connect to ${over}?`
    case 'move':
      return over === undefined ? `Move into what?${among}` : `Move into ${over}?`
  }
}

function Bubble({ x, y, line, refuse, say }: { x: number; y: number; line?: string; refuse?: string; say?: string }) {
  return (
    <span
      className={classes(
        'dg-float pointer-events-none z-[8] flex max-w-[320px] items-start gap-1.5 rounded-6 px-2 py-1 text-11',
        refuse !== undefined && 'border-err! text-err',
      )}
      style={{ left: Math.max(8, x + 12), top: Math.max(8, y + 8) }}
    >
      {refuse === undefined ? null : <Glyph status="err" size={12} className="mt-px flex-none" />}
      {line === undefined ? (
        (refuse ?? <span className="text-muted">{say}</span>)
      ) : (
        <code className="font-mono break-all">{line}</code>
      )}
    </span>
  )
}
