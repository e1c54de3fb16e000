import { type RefObject, useEffect, useState } from 'react'

/** Where a thing is drawn, in CSS pixels of the wall. */
export interface Lit {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Where things stand on the canvas now. Looked at anew when the camera, the things or the wall change, and never on a timer: nothing
 * moves on a wall where nothing happens.
 */
export function useLit(wall: RefObject<HTMLElement | null>, ids: readonly string[]): readonly Lit[] {
  const [lit, setLit] = useState<readonly Lit[]>([])
  const key = ids.join('\n')
  useEffect(() => {
    const element = wall.current
    if (!element || key === '') {
      setLit([])
      return
    }
    let due = 0
    const look = () => {
      due = 0
      setLit((before) => {
        const now = key.split('\n').flatMap((id) => litOf(element, id))
        return JSON.stringify(now) === JSON.stringify(before) ? before : now
      })
    }
    const soon = () => {
      due ||= requestAnimationFrame(look)
    }
    const seen = new MutationObserver(soon)
    seen.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['style', 'class'] })
    const sized = new ResizeObserver(soon)
    sized.observe(element)
    look()
    return () => {
      seen.disconnect()
      sized.disconnect()
      cancelAnimationFrame(due)
    }
  }, [wall, key])
  return lit
}

function litOf(wall: HTMLElement, id: string): readonly Lit[] {
  const drawn = wall.querySelector(`[data-id="${CSS.escape(id)}"]`)
  if (!drawn) return []
  const frame = wall.getBoundingClientRect()
  const { left, top, width, height } = drawn.getBoundingClientRect()
  if (width === 0) return []
  return [
    {
      id,
      x: Math.round(left - frame.left),
      y: Math.round(top - frame.top),
      width: Math.round(width),
      height: Math.round(height),
    },
  ]
}
