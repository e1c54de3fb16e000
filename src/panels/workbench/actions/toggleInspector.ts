import { useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Opens or closes the inspector. */
export const toggleInspector: Action = {
  id: 'inspector',
  title: 'Inspector',
  group: 'Panels',
  keys: 'Ctrl I',
  binding: '$mod+i',
  words: 'why state yaml',
  run: () => {
    const { inspectorOpen, openInspector, closeInspector } = useLayout.getState()
    if (inspectorOpen) closeInspector()
    else openInspector()
  },
}
