import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Opens the settings. */
export const settings: Action = {
  id: 'settings',
  title: 'Settings…',
  group: 'Help',
  words: 'theme dark light motion',
  run: () => useDialogs.getState().show('settings'),
}
