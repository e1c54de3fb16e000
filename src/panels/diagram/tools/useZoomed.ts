import { useStoreApi } from '@xyflow/react'
import { type RefObject, useLayoutEffect } from 'react'

/** Real ms without a change of zoom after which the picture is written for it. */
const RESTS = 140

/**
 * Tells the style sheet how near the camera is (`--z`, `data-far`, `data-farther`): text grows against it. Only once the camera rests, since
 * each of these lays out every box anew.
 */
export function useZoomed(frame: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi()
  useLayoutEffect(() => {
    let told: number | undefined
    let resting: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      const zoom = Math.round(flow.getState().transform[2] * 20) / 20
      const element = frame.current
      if (!element || zoom === told) return
      told = zoom
      element.style.setProperty('--z', String(Math.max(zoom, 0.5)))
      element.toggleAttribute('data-far', zoom < 0.85)
      element.toggleAttribute('data-farther', zoom < 0.65)
    }
    tell()
    const stop = flow.subscribe(({ transform }, { transform: before }) => {
      if (transform[2] === before[2]) return
      clearTimeout(resting)
      resting = setTimeout(tell, RESTS)
    })
    return () => {
      stop()
      clearTimeout(resting)
    }
  }, [flow, frame])
}
