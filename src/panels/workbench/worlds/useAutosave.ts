import { useEffect } from 'react'
import { useLab } from '../../../host/react.ts'
import type { Clock } from '../../../host/views/index.ts'
import { toast } from '../../../ui/index.ts'
import { useBookmarks, withBookmarks } from '../../../workspace/bookmarks.ts'
import { useWorld } from '../../../workspace/index.ts'
import { keep, keptInMemoryOnly } from '../../../workspace/shelf.ts'

/** Real ms that a change waits before it is kept. */
const DEBOUNCE = 1000

/** Keeps the present world on the shelf: a second after the last change, at least once a second while it runs, and when the page is left. */
export function useAutosave(): void {
  const lab = useLab()
  useEffect(() => {
    let clock: Clock | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let warned = false
    const now = async () => {
      clearTimeout(timer)
      timer = undefined
      const { kept, title, scene, opened } = useWorld.getState()
      if (kept === undefined || !clock) return
      const { speed, playing } = clock
      const save = withBookmarks(await lab.save())
      // Another world may have been opened while this one was being written down.
      if (useWorld.getState().opened !== opened) return
      await keep({ id: kept, title, scene, when: Date.now(), speed, playing, save })
      if (keptInMemoryOnly() && !warned) {
        warned = true
        toast({
          status: 'warn',
          text: 'This browser keeps nothing, so your world lives only as long as this tab. Export it as a file to keep it.',
        })
      }
    }
    const stop = lab.subscribe('clock', null, (next) => {
      clock = next as Clock
      timer ??= setTimeout(() => void now().catch(() => {}), DEBOUNCE)
    })
    const unmark = useBookmarks.subscribe(() => {
      timer ??= setTimeout(() => void now().catch(() => {}), DEBOUNCE)
    })
    const leave = () => {
      if (document.visibilityState === 'hidden') void now().catch(() => {})
    }
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', leave)
    return () => {
      stop()
      unmark()
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', leave)
      void now().catch(() => {})
    }
  }, [lab])
}
