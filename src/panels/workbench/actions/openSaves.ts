import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows the worlds that this browser keeps. */
export const openSaves: Action = {
  id: 'open-saves',
  title: 'Open an earlier world…',
  group: 'World',
  words: 'saves versions resume restore',
  run: () => useDialogs.getState().show('saves'),
}
