import { useLayout, useOverlays } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Follows one request from hop to hop, each with its decision. */
export const traceRequest: Action = {
  id: 'trace',
  title: 'Trace one request',
  group: 'View',
  words: 'follow hop latency route decision',
  run: () => {
    if (useLayout.getState().lod === 'fleet') useLayout.getState().setLod('node')
    useOverlays.getState().trace()
  },
}
