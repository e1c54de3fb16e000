import type { Json } from '../../kernel/index.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { Course } from './course.ts'
import type { Began, TaskAsked, TaskPicture } from './task.ts'

/** What was read so far, by lab and question: only what is new is read at the next look. */
const courses = new WeakMap<Lab, Map<string, { course: Course; text: string; picture: TaskPicture }>>()
const MOST_KEPT = 8

/** How a task stands that began at `began`. The very same answer when nothing about it has changed. */
export const goalsView = defineLabView<{ task: Json; began: Json }, TaskPicture>({
  name: 'goals',
  reads: ['journal', 'time'],
  selectLab(lab, params) {
    const { task, began } = params as unknown as { task: TaskAsked; began: Began }
    const known = courses.get(lab) ?? new Map()
    courses.set(lab, known)
    const key = JSON.stringify(params)
    let followed = known.get(key)
    if (!followed?.course.follows(lab)) {
      followed = { course: new Course(task, began, lab), text: '', picture: undefined }
      known.set(key, followed)
      const [oldest] = known.keys()
      if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
    }
    const picture = followed.course.look(lab)
    const text = JSON.stringify(picture, (name, value) => (name === 'at' ? undefined : value))
    if (text !== followed.text) {
      followed.text = text
      followed.picture = picture
    }
    return followed.picture
  },
})
