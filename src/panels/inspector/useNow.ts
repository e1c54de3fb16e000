import { useView } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'

/** The time of the world, as it passes: for the few small things that count. Falls back to `known` until it has come. */
export function useNow(known = 0): number {
  return useView<Clock>('clock')?.now ?? known
}
