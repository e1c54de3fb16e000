import { useStoreApi } from '@xyflow/react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

/** A sheet in the coordinates of the canvas that follows the camera without being drawn anew. */
export function Sheet({ children }: { children: ReactNode }) {
  const flow = useStoreApi()
  const sheet = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const follow = ([x, y, zoom]: readonly [number, number, number]) => {
      if (sheet.current) sheet.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    }
    follow(flow.getState().transform)
    return flow.subscribe(({ transform }, before) => {
      if (transform !== before.transform) follow(transform)
    })
  }, [flow])
  return (
    <div
      ref={sheet}
      className="pointer-events-none absolute left-0 top-0 z-[4] origin-top-left will-change-transform"
      aria-hidden="true"
    >
      {children}
    </div>
  )
}
