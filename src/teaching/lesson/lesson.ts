import type { Goal, TaskAsked } from '../../host/goals/task.ts'
import type { Block } from './prose.ts'
import type { Head, PredictBlock, TaskBlock, WorldBlock } from './schema.ts'

/** A part of a lesson: what is read, what happens when it begins, and what the learner does. */
export interface Beat {
  readonly title: string
  /** Where it begins in `lesson.md`. */
  readonly line: number
  readonly text: readonly Block[]
  readonly world?: WorldBlock | undefined
  readonly predict?: PredictBlock | undefined
  readonly task?: TaskBlock | undefined
}

/** A lesson, read. */
export interface Lesson extends Head {
  /** The name of its folder, which begins with its place: `01-a-pod-dies`. */
  readonly folder: string
  readonly opening: readonly Block[]
  readonly beats: readonly Beat[]
  /** The text of `start.sh`, where it has one. */
  readonly start?: string | undefined
}

/** The files of a lesson's folder, by name. */
export type LessonFiles = Readonly<Record<string, string>>

/** A task as the lab judges it, without its words. */
export function askedOf(task: TaskBlock): TaskAsked {
  return {
    goals: task.goals.map((given): Goal => {
      const how = given.now ? 'now' : given.eventually ? 'eventually' : given.always ? 'always' : 'never'
      const condition = given[how]
      if (!condition) throw new Error('a goal without a condition')
      return { how, condition, after: given.after, within: given.within, lasting: given.for }
    }),
    hints: task.hints.map(({ when }) => when ?? null),
    lost: task.lost.map(({ when }) => when),
    stars: task.stars.map(({ commands, downtime }) =>
      downtime ? { downtime: { of: downtime.of, atMost: downtime.atMost } } : { commands: commands ?? 0 },
    ),
  }
}
