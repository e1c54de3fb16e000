import { Course } from '../../host/goals/course.ts'
import type { TaskPicture } from '../../host/goals/task.ts'
import type { Lab } from '../../host/lab.ts'
import { linesOf } from '../../host/linesOf.ts'
import { askedOf } from '../lesson/lesson.ts'
import type { QuestionTask } from './schema.ts'
import { type Base, giveLines, type Worlds } from './worlds.ts'

/** How lines did on a task: what they printed, how the goals stand, and how long the world had run, in virtual ms. */
export interface Trial {
  readonly printed: readonly { readonly line: string; readonly output: string }[]
  readonly picture: TaskPicture
  readonly ran: number
}

const STEP = 1000

/** Gives lines to the world of a task, lets it run on, and judges the goals all the while: it is won when they hold at one moment. */
export function tryLines(worlds: Worlds, base: Base, task: QuestionTask, lines: readonly string[]): Trial {
  const lab = worlds.at(base)
  const { simulation } = lab
  const began = { position: simulation.journal.length, at: simulation.now }
  const course = new Course(
    askedOf({ says: '', skill: 'build', goals: task.goals, hints: [], lost: [], stars: [], patience: 0 }),
    began,
    lab,
  )
  const outputs = giveLines(lab, lines, 'learner')
  const picture = judged(lab, course, task.run)
  return {
    printed: lines.map((line, i) => ({ line, output: outputs[i] ?? '' })),
    picture,
    ran: simulation.now - began.at,
  }
}

/** The lines that a fixed file comes down to: it is written, then applied. */
export function linesOfFix(task: QuestionTask, text: string): readonly string[] {
  const end = endFor(text)
  return [`cat > ${task.file ?? 'file'} <<'${end}'\n${text.replace(/\n*$/, '\n')}${end}`, ...linesOf(task.apply ?? '')]
}

/** Looks again and again until it is decided, at most for `ms`. */
function judged(lab: Lab, course: Course, ms: number): TaskPicture {
  const { simulation } = lab
  const end = simulation.now + ms
  let picture = course.look(lab)
  while (picture.state === 'open' && simulation.now < end) {
    simulation.advanceTo(Math.min(end, simulation.now + STEP))
    picture = course.look(lab)
  }
  return picture
}

function endFor(text: string): string {
  let end = 'END'
  while (text.split('\n').includes(end)) end += '_'
  return end
}
