import type { Given } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

/** The lines of the shown branch that are given after a time, also those that lie ahead of where it stands. */
export const historyView = defineLabView<{ after: number }, readonly Given[]>({
  name: 'history',
  reads: ['journal'],
  selectLab: ({ timeline }, { after }) => timeline.branch.history.filter(({ at }) => at > after),
})
