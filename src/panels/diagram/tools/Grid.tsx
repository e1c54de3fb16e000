import { useStoreApi } from '@xyflow/react'
import { useLayoutEffect, useRef } from 'react'

/** Px between two points at zoom 1. */
const GAP = 16

/**
 * The points behind everything. They repeat, so the sheet moves by less than one gap and is never drawn anew while the camera pans; while it
 * zooms the sheet is scaled, and drawn anew when the camera rests.
 */
export function Grid() {
  const sheet = useRef<HTMLDivElement>(null)
  const flow = useStoreApi()
  useLayoutEffect(() => {
    let drawn = 0
    let resting: ReturnType<typeof setTimeout> | undefined
    const follow = ([x, y, zoom]: readonly [number, number, number], rest: boolean) => {
      const element = sheet.current
      if (!element) return
      if (rest || drawn === 0) {
        drawn = zoom
        element.style.backgroundSize = `${GAP * zoom}px ${GAP * zoom}px`
      }
      const scale = zoom / drawn
      const gap = GAP * zoom
      element.style.transform = `translate(${(x % gap) - gap}px, ${(y % gap) - gap}px) scale(${scale})`
    }
    follow(flow.getState().transform, true)
    const stop = flow.subscribe(({ transform }, { transform: before }) => {
      if (transform === before) return
      follow(transform, false)
      clearTimeout(resting)
      if (transform[2] !== drawn) resting = setTimeout(() => follow(flow.getState().transform, true), 140)
    })
    return () => {
      stop()
      clearTimeout(resting)
    }
  }, [flow])
  return <div ref={sheet} className="dg-grid" aria-hidden="true" />
}
