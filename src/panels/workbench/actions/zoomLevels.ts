import { type Lod, useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

const levels: readonly (readonly [Lod, string])[] = [
  ['fleet', 'Fleet: everything as cells'],
  ['node', 'Node: boxes with what runs in them'],
  ['pod', 'Pod: what is inside'],
]

/** The three levels at which the canvas is looked at. */
export const zoomLevels: readonly Action[] = levels.map(([lod, title]) => ({
  id: `lod-${lod}`,
  title: `Zoom to ${title}`,
  group: 'View',
  run: () => useLayout.getState().setLod(lod),
}))
