import { useSyncExternalStore } from 'react'
import { useMediaQuery } from './useMediaQuery.ts'

/** True if the person asked for less motion, of the machine or of the page (`data-motion="less"` on the root): wheels stand still, nothing
 *  flies, rings jump once a second. */
export function useReducedMotion(): boolean {
  const system = useMediaQuery('(prefers-reduced-motion: reduce)')
  const own = useSyncExternalStore(subscribe, read, () => false)
  return system || own
}

function subscribe(changed: () => void): () => void {
  addEventListener('orrery-motion', changed)
  return () => removeEventListener('orrery-motion', changed)
}

function read(): boolean {
  return document.documentElement.dataset['motion'] === 'less'
}
