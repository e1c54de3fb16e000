import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Makes a link that replays this world. */
export const share: Action = {
  id: 'share',
  title: 'Share this moment…',
  group: 'World',
  words: 'link copy url',
  run: () => useDialogs.getState().show('share'),
}
