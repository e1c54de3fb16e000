import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows the ready-made scenes. */
export const openScenes: Action = {
  id: 'open-scenes',
  title: 'Open a scene…',
  group: 'World',
  words: 'new world start example sandbox',
  run: () => useDialogs.getState().show('scenes'),
}
