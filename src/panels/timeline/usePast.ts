import { useView } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'

/** Whether the shown moment lies before the end of its branch: whoever draws the world puts an amber frame round it then. */
export function usePast(): boolean {
  return useView<Clock>('clock')?.inPast ?? false
}
