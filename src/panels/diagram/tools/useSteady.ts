import { useCallback, useRef } from 'react'

/**
 * A handler that stays the same object and does what the latest rendering meant. React Flow keeps its handlers in its store, and
 * every box on the canvas looks at that store anew for each that is another.
 */
export function useSteady<Args extends unknown[]>(handler: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(handler)
  latest.current = handler
  return useCallback((...args: Args) => latest.current(...args), [])
}
