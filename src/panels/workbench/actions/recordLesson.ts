import type { Action } from './action.ts'

/** Makes the draft of a lesson of what was done here since the scene began. */
export const recordLessonAction: Action = {
  id: 'record-lesson',
  title: 'Make a lesson of what I did',
  group: 'World',
  words: 'record teacher author',
  run: ({ lab }) => void import('../worlds/recordedLesson.ts').then(({ saveRecording }) => saveRecording(lab)),
}
