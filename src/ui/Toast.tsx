import X from 'lucide-react/icons/x'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'
import { announce } from './LiveRegion.tsx'
import { type Status, statuses } from './status.ts'

/** Where toasts appear, lower right above the timeline. Mount it once, beside LiveRegion. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
      }
    },
    () => toasts,
    () => none,
  )
  return (
    <section className="toasts" aria-label="Messages">
      {shown.map((item) => (
        <ToastCard key={item.id} item={item} />
      ))}
    </section>
  )
}

/** Shows a short message and announces it. It leaves after `seconds` (7), but not while it is pointed at, focused, or offers an action and
 *  says `stay`. Answers with a way to take it back. */
export function toast(message: ToastMessage): () => void {
  const id = ++count
  // Three at most: the oldest makes room.
  toasts = [...toasts.slice(-2), { ...message, id }]
  announce(`${message.status ? `${statuses[message.status].word}: ` : ''}${message.text}`)
  changed()
  return () => dismiss(id)
}

/** `text` is one sentence; `action` at most one way on. */
export interface ToastMessage {
  text: string
  detail?: ReactNode | undefined
  status?: Status | undefined
  action?: { label: string; run: () => void } | undefined
  seconds?: number | undefined
  stay?: boolean | undefined
}

function ToastCard({ item }: { item: ToastMessage & { id: number } }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || item.stay) return
    const timer = setTimeout(() => dismiss(item.id), (item.seconds ?? 7) * 1000)
    return () => clearTimeout(timer)
  }, [held, item])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering or focusing only keeps the message from leaving
    <div
      className={classes('pop toast', item.status && `s-${item.status}`)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {item.status ? <Glyph status={item.status} label className="mt-[3px]" /> : null}
      <div className="min-w-0 flex-1">
        <p className="m-0">{item.text}</p>
        {item.detail ? <p className="micro m-0">{item.detail}</p> : null}
        {item.action ? (
          <Button
            size="sm"
            className="mt-1.5"
            onClick={() => {
              item.action?.run()
              dismiss(item.id)
            }}
          >
            {item.action.label}
          </Button>
        ) : null}
      </div>
      <button type="button" className="ib sm" aria-label="Dismiss" onClick={() => dismiss(item.id)}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  )
}

let count = 0
let toasts: readonly (ToastMessage & { id: number })[] = []
const none: typeof toasts = []
const listeners = new Set<() => void>()

function dismiss(id: number): void {
  toasts = toasts.filter((item) => item.id !== id)
  changed()
}

function changed(): void {
  for (const listener of listeners) listener()
}
