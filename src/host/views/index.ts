import { goalsView } from '../goals/goals.view.ts'
import type { LabView } from '../labView.ts'
import { captionsView } from './captions.view.ts'
import { changesView } from './changes.view.ts'
import { clockView } from './clock.view.ts'
import { compareView } from './compare.view.ts'
import { decisionView } from './decision.view.ts'
import { digestView } from './digest.view.ts'
import { factsView } from './facts.view.ts'
import { faultsView } from './faults.view.ts'
import { figuresView } from './figures.view.ts'
import { fileHandlersView, filesView, fileView } from './files.view.ts'
import { filledView } from './filled.view.ts'
import { firstsView } from './firsts.view.ts'
import { fixesView } from './fixes.view.ts'
import { fleetCellView, fleetView } from './fleet.view.ts'
import { historyView } from './history.view.ts'
import { inspectView } from './inspect.view.ts'
import { linesView } from './lines.view.ts'
import { lintView } from './lint.view.ts'
import { liveView } from './live.view.ts'
import { loadsView } from './loads.view.ts'
import { logsView } from './logs.view.ts'
import { madeView } from './made.view.ts'
import { metersView } from './meters.view.ts'
import { otherwiseView } from './otherwise.view.ts'
import { outlineView } from './outline.view.ts'
import { outputView } from './output.view.ts'
import { gestureView, paletteView } from './palette.view.ts'
import { handlesView, reachView } from './reach.view.ts'
import { sceneView } from './scene.view.ts'
import { sourcesView } from './sources.view.ts'
import { stepsView } from './steps.view.ts'
import { sessionView, terminalView } from './terminal.view.ts'
import { timelineView } from './timeline.view.ts'
import { toldView } from './told.view.ts'
import { traceView } from './trace.view.ts'
import { untilView } from './until.view.ts'
import { waysView } from './ways.view.ts'
import { whyView } from './why.view.ts'
import { youngestView } from './youngest.view.ts'

/** The views that every lab has, whatever its domains. */
export const labViews: readonly LabView[] = [
  clockView,
  sceneView,
  paletteView,
  gestureView,
  reachView,
  handlesView,
  sourcesView,
  logsView,
  madeView,
  inspectView,
  whyView,
  timelineView,
  compareView,
  decisionView,
  changesView,
  otherwiseView,
  historyView,
  digestView,
  faultsView,
  figuresView,
  filledView,
  firstsView,
  fixesView,
  untilView,
  waysView,
  sessionView,
  terminalView,
  filesView,
  fileView,
  fileHandlersView,
  lintView,
  linesView,
  liveView,
  outlineView,
  toldView,
  stepsView,
  captionsView,
  metersView,
  loadsView,
  traceView,
  fleetView,
  fleetCellView,
  goalsView,
  factsView,
  outputView,
  youngestView,
]

export type { TaskPicture } from '../goals/task.ts'
export type { Caption } from './captions.view.ts'
export type { Change, Changes } from './changes.view.ts'
export type { Clock } from './clock.view.ts'
export type { Comparison, Difference, Side } from './compare.view.ts'
export type { Asked, Candidate, CandidateMeter, Decision } from './decision.ts'
export type { DecisionPicture } from './decision.view.ts'
export type { RunDigest } from './digest.view.ts'
export type { Fault } from './faults.view.ts'
export type { FigurePair, Figures } from './figures.view.ts'
export type { FileEntry, FileHandler } from './files.view.ts'
export type { Firsts } from './firsts.view.ts'
export type { Fix, Fixes } from './fixes.view.ts'
export type { Fleet, FleetFrame, FleetThing } from './fleet.view.ts'
export type { Inspection } from './inspect.view.ts'
export type { FileProblem } from './lint.view.ts'
export type { ExportedFile } from './live.view.ts'
export type { Load, Loads } from './loads.view.ts'
export type { LogPicture } from './logs.view.ts'
export type { Made } from './made.view.ts'
export type { Measured } from './meters.view.ts'
export type { Otherwise } from './otherwise.view.ts'
export type { Outline, OutlineItem } from './outline.view.ts'
export type { Gesture, Meaning, PaletteEntry } from './palette.view.ts'
export type { Handles, Reach } from './reach.view.ts'
export type { Scene, SceneEdge, SceneNode } from './scene.view.ts'
export type { Source } from './sources.view.ts'
export type { Step } from './steps.view.ts'
export type { Told, Words } from './telling.ts'
export type { Noun, Nouns, SessionState, TerminalEntry, TerminalPart } from './terminal.view.ts'
export type { Lane, MarkSort, TimelineMark, TimelinePicture } from './timeline.view.ts'
export type { ToldEvent, ToldEvents } from './told.view.ts'
export type { Sender, Trace, TraceHop, TracePicture } from './trace.view.ts'
export type { Reached, Until } from './until.view.ts'
export type { Ways } from './ways.view.ts'
export type { Why } from './why.view.ts'
