import { useLayout, useOverlays } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shades everything by how loaded it is, and names the bottleneck. */
export const toggleHeat: Action = {
  id: 'heat',
  title: 'Show or hide where it queues',
  group: 'View',
  words: 'bottleneck heat utilisation load errors overlay',
  run: () => {
    if (useLayout.getState().lod === 'fleet') useLayout.getState().setLod('node')
    const { heat, setHeat } = useOverlays.getState()
    setHeat(!heat)
  },
}
