import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Tries another course of events on a branch of its own, and shows both. */
export const whatIf: Action = {
  id: 'what-if',
  title: 'What if…',
  group: 'World',
  words: 'compare branch fork experiment change field two runs side by side',
  run: () => useDialogs.getState().show('whatIf'),
}
