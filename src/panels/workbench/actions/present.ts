import { useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows the canvas to a class, and leaves that again. */
export const present: Action = {
  id: 'present',
  title: 'Present to a class',
  group: 'View',
  keys: 'F5',
  binding: 'F5',
  words: 'projector full screen teacher',
  run: () => {
    const { mode, setMode } = useLayout.getState()
    setMode(mode === 'present' ? 'study' : 'present')
  },
}
