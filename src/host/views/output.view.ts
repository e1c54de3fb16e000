import { lineOutput } from '../goals/lineOutput.ts'
import { defineLabView } from '../labView.ts'

/** What a shell line would print now, without anything coming of it; `null` when it does not end. */
export const outputView = defineLabView<{ line: string }, string | null>({
  name: 'output',
  reads: ['*'],
  selectLab: (lab, { line }) => lineOutput(lab, line) ?? null,
})
