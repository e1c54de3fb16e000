import type { LabView } from '../labView.ts'
import { clockView } from './clock.view.ts'
import { compareView } from './compare.view.ts'
import { decisionView } from './decision.view.ts'
import { fixesView } from './fixes.view.ts'
import { inspectView } from './inspect.view.ts'
import { gestureView, paletteView } from './palette.view.ts'
import { sceneView } from './scene.view.ts'
import { timelineView } from './timeline.view.ts'
import { untilView } from './until.view.ts'
import { waysView } from './ways.view.ts'
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
  compareView,
  decisionView,
  fixesView,
  untilView,
  waysView,
]

export type { Clock } from './clock.view.ts'
export type { Comparison, Difference, Side } from './compare.view.ts'
export type { Asked, Candidate, Decision } from './decision.ts'
export type { DecisionPicture } from './decision.view.ts'
export type { Fix, Fixes } from './fixes.view.ts'
export type { Inspection } from './inspect.view.ts'
export type { Gesture, Meaning, PaletteEntry } from './palette.view.ts'
export type { Scene, SceneEdge, SceneNode } from './scene.view.ts'
export type { Told, Words } from './telling.ts'
export type { Lane, MarkSort, TimelineMark, TimelinePicture } from './timeline.view.ts'
export type { Reached, Until } from './until.view.ts'
export type { Ways } from './ways.view.ts'
export type { Why } from './why.view.ts'
