import { useMediaQuery } from './useMediaQuery.ts'

/** True if the person asked for less motion: wheels stand still, nothing flies, rings jump once a second. */
export function useReducedMotion(): boolean {
  return useMediaQuery('(prefers-reduced-motion: reduce)')
}
