import type { LabView } from '../labView.ts'
import { clockView } from './clock.view.ts'
import { inspectView } from './inspect.view.ts'
import { gestureView, paletteView } from './palette.view.ts'
import { sceneView } from './scene.view.ts'
import { timelineView } from './timeline.view.ts'
import { whyView } from './why.view.ts'

/** The views that every lab has, whatever its domains. */
export const labViews: readonly LabView[] = [
  clockView,
  sceneView,
  paletteView,
  gestureView,
  inspectView,
  whyView,
  timelineView,
]

export type { Clock } from './clock.view.ts'
export type { Inspection } from './inspect.view.ts'
export type { Gesture, Meaning, PaletteEntry } from './palette.view.ts'
export type { Scene, SceneEdge, SceneNode } from './scene.view.ts'
export type { Told } from './telling.ts'
export type { Lane, MarkSort, TimelineMark, TimelinePicture } from './timeline.view.ts'
export type { Why } from './why.view.ts'
