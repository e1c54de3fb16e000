import type { Clock } from '../../../host/views/index.ts'
import type { Action } from './action.ts'

/** Leaves the past: goes to the end of the branch that is shown. */
export const returnToNow: Action = {
  id: 'return-to-now',
  title: 'Return to now',
  group: 'World',
  words: 'end latest present',
  run: ({ lab }) => {
    void lab.ask('clock').then((clock) => lab.seek((clock as Clock).end))
  },
}
