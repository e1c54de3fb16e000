import { defineLabView } from '../labView.ts'
import { linesOf } from '../linesOf.ts'

/** A script as the lines that a terminal is given one by one: whatever belongs together stays together. */
export const linesView = defineLabView<{ script: string }, readonly string[]>({
  name: 'lines',
  reads: [],
  selectLab: (_, { script }) => linesOf(script),
})
