import { useCallback, useRef } from 'react'
import { useLab } from '../../host/react.ts'

/** Seeks as fast as the world can follow and no faster: at most one a frame and one under way; of those in between only the last counts. */
export function useSeek(): (at: number) => void {
  const lab = useLab()
  const state = useRef<{ wanted: number | undefined; busy: boolean }>({ wanted: undefined, busy: false })
  return useCallback(
    (at: number) => {
      const mine = state.current
      mine.wanted = at
      if (mine.busy) return
      mine.busy = true
      const next = () => {
        const { wanted } = mine
        mine.wanted = undefined
        if (wanted === undefined) {
          mine.busy = false
          return
        }
        lab.seek(wanted).then(
          () => requestAnimationFrame(next),
          () => {
            mine.busy = false
          },
        )
      }
      next()
    },
    [lab],
  )
}
