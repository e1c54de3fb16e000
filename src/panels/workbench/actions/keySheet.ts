import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows every key. */
export const keySheet: Action = {
  id: 'key-sheet',
  title: 'Show all keys',
  group: 'Help',
  keys: '?',
  binding: 'Shift+?',
  words: 'shortcuts keyboard help',
  run: () => useDialogs.getState().show('keys'),
}
