import { useContext } from 'react'
import { GestureContext } from './context.ts'

/** Where a line is drawn from: 12 px to be seen, 44 px to be hit, at the foot of a thing. The key `C` does the same. */
export function Grip({ id }: { id: string }) {
  const gestures = useContext(GestureContext)
  if (!gestures) return null
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
