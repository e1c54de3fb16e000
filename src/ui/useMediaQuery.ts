import { useCallback, useSyncExternalStore } from 'react'

/** True while the media query holds; follows changes. False where there is no window, as in a static render. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = listOf(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => listOf(query).matches,
    () => false,
  )
}

const lists = new Map<string, MediaQueryList>()

/** One live list a query: it is read with every draw, and making a new one each time is dear. */
function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? window.matchMedia(query)
  lists.set(query, list)
  return list
}
