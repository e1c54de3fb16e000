import { useContext } from 'react'
import { GestureContext, useHandle } from './context.ts'

/** Where a line is drawn from: 12 px to be seen, 44 px to be hit, at the foot of a thing. The key `C` does the same.
 *  Only what a line can be drawn from has one. */
export function Grip({ id, kind }: { id: string; kind: string }) {
  const gestures = useContext(GestureContext)
  const shown = useHandle(kind)
  if (!gestures || !shown) return null
  return (
    <span
      className="dg-grip nodrag nopan"
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.preventDefault()
        gestures.begin({ sort: 'connect', from: id }, true, { x: event.clientX, y: event.clientY })
      }}
    />
  )
}
