import { useFirsts } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Brings back the list of first things to try. */
export const firsts: Action = {
  id: 'firsts',
  title: 'First things to try',
  group: 'Help',
  words: 'onboarding begin new help checklist',
  run: () => useFirsts.getState().setAway(false),
}
