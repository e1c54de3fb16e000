import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Place {
  readonly x: number
  readonly y: number
  readonly parent: string | undefined
  /** No motion: the learner drags it, the world is scrubbed, or motion is not wanted. */
  readonly still: boolean
}

/** Lets a thing that has got another place go there: level and upright for 480 ms into another container, 240 ms within its own. */
export function useFlight(ref: RefObject<HTMLElement | null>, { x, y, parent, still }: Place): void {
  const before = useRef<{ x: number; y: number; parent: string | undefined } | undefined>(undefined)
  useLayoutEffect(() => {
    const from = before.current
    before.current = { x, y, parent }
    if (!from || still || (from.x === x && from.y === y)) return
    const [dx, dy] = [from.x - x, from.y - y]
    const away = from.parent !== parent
    const frames = away
      ? [offset(dx, dy), offset(dx, dy / 2), offset(0, dy / 2), offset(0, 0)]
      : [offset(dx, dy), offset(0, 0)]
    ref.current?.animate(frames, {
      duration: away ? 480 : 240,
      easing: away ? 'cubic-bezier(0.6, 0, 0.2, 1)' : 'cubic-bezier(0.2, 0.8, 0.2, 1)',
    })
  }, [ref, x, y, parent, still])
}

function offset(x: number, y: number): Keyframe {
  return { transform: `translate(${x}px, ${y}px)`, zIndex: 5 }
}
