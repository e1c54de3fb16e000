import { useEffect } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { toggleBookmark } from './BookmarkMenu.tsx'

/** Space plays and pauses, `,` and `.` go to the previous and the next event, B sets a bookmark: anywhere but where keys have a meaning of their own. */
export function useTimelineKeys(playing: boolean, held: boolean): void {
  const lab = useLab()
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const target = event.target instanceof Element ? event.target : undefined
      if (
        target?.closest(
          'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="menu"], [role="dialog"]',
        )
      )
        return
      if (event.key === ' ') {
        if (target?.closest('button, a, [role="button"], [role="tab"], [role="radio"], [role="treeitem"], summary'))
          return
        if (!held) void (playing ? lab.pause() : lab.play())
      } else if (event.key === ',') void lab.step(-1)
      else if (event.key === '.' && !held) void lab.step(1)
      else if (event.key === 'b' || event.key === 'B')
        void lab.ask('clock').then((clock) => toggleBookmark(clock as Clock))
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [lab, playing, held])
}
