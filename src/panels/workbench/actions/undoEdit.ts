import { toast } from '../../../ui/index.ts'
import { redo, undo } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Takes back the learner's own newest edit. Time goes on; the timeline is for going back. */
export const undoEdit: Action = {
  id: 'undo',
  title: 'Undo my last edit',
  group: 'World',
  keys: 'Ctrl Z',
  binding: '$mod+z',
  plain: true,
  words: 'take back revert',
  run: ({ lab }) => void undo(lab).then(({ done, says }) => toast({ text: says, ...(done ? {} : { status: 'warn' }) })),
}

/** Does again what was taken back last. */
export const redoEdit: Action = {
  id: 'redo',
  title: 'Redo my last edit',
  group: 'World',
  keys: 'Ctrl Shift Z',
  binding: '$mod+Shift+z',
  plain: true,
  words: 'again repeat',
  run: ({ lab }) => void redo(lab).then(({ done, says }) => toast({ text: says, ...(done ? {} : { status: 'warn' }) })),
}
