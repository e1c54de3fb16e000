import { chooseFile } from '../worlds/chooseFile.ts'
import type { Action } from './action.ts'

/** Opens a world from a file. */
export const importWorld: Action = {
  id: 'import',
  title: 'Import a file…',
  group: 'World',
  words: 'load open upload',
  run: ({ lab }) => chooseFile(lab),
}
