import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows what was built as files that run on the real thing. */
export const takeLive: Action = {
  id: 'take-live',
  title: 'Take it live…',
  group: 'World',
  words: 'export manifests yaml compose cloudformation template kubectl zip real',
  run: () => useDialogs.getState().show('live'),
}
