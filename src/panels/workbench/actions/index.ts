import type { Action } from './action.ts'
import { dockTabs } from './dockTabs.ts'
import { exportWorld } from './exportWorld.ts'
import { find } from './find.ts'
import { firsts } from './firsts.ts'
import { goHome } from './goHome.ts'
import { importWorld } from './importWorld.ts'
import { keySheet } from './keySheet.ts'
import { nextEvent } from './nextEvent.ts'
import { openSaves } from './openSaves.ts'
import { openScenes } from './openScenes.ts'
import { openTemplates } from './openTemplates.ts'
import { playPause } from './playPause.ts'
import { present } from './present.ts'
import { presets } from './presets.ts'
import { previousEvent } from './previousEvent.ts'
import { recordLessonAction } from './recordLesson.ts'
import { returnToNow } from './returnToNow.ts'
import { settings } from './settings.ts'
import { share } from './share.ts'
import { takeLive } from './takeLive.ts'
import { toggleHeat } from './toggleHeat.ts'
import { toggleInspector } from './toggleInspector.ts'
import { toggleTraffic } from './toggleTraffic.ts'
import { traceRequest } from './traceRequest.ts'
import { redoEdit, undoEdit } from './undoEdit.ts'
import { whatIf } from './whatIf.ts'
import { zoomLevels } from './zoomLevels.ts'

/** Every verb of the workbench, in the order in which it is listed. */
export const actions: readonly Action[] = [
  playPause,
  previousEvent,
  nextEvent,
  returnToNow,
  undoEdit,
  redoEdit,
  openScenes,
  openTemplates,
  openSaves,
  share,
  whatIf,
  takeLive,
  exportWorld,
  recordLessonAction,
  importWorld,
  goHome,
  ...dockTabs,
  toggleInspector,
  present,
  ...presets,
  ...zoomLevels,
  toggleTraffic,
  traceRequest,
  toggleHeat,
  find,
  firsts,
  keySheet,
  settings,
]

export type { Action, Hands } from './action.ts'
