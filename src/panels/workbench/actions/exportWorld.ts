import type { Action } from './action.ts'

/** Saves the world as a file. */
export const exportWorld: Action = {
  id: 'export',
  title: 'Export as a file',
  group: 'World',
  words: 'save download',
  run: ({ lab }) => void import('../worlds/exportFile.ts').then(({ exportFile }) => exportFile(lab)),
}
