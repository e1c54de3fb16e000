import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Opens the command palette. */
export const find: Action = {
  id: 'find',
  title: 'Find anything, run anything',
  group: 'Help',
  keys: 'Ctrl K',
  binding: '$mod+k',
  run: () => useDialogs.getState().show('find'),
}
