/** What a learner showed once: a prediction, an answer, a task. The only record of progress; all else is reckoned from these. */
export interface Outcome {
  /** Real time, in whole ms since 1970. */
  readonly at: number
  readonly source: 'lesson' | 'quiz' | 'review' | 'exam' | 'lab'
  /** Lesson and beat, or template: `a-pod-dies/2`, `min-healthy`. */
  readonly id: string
  /** What it was a test of. */
  readonly skill: Skill
  /** Ids of `concepts.yaml`. */
  readonly concepts: readonly string[]
  readonly right: boolean
  /** How sure the learner was beforehand: 1 a guess, 2 fairly, 3 certain. */
  readonly sureness?: Sureness | undefined
  /** Id of the misconception that the wrong answer gave away. */
  readonly misconception?: string | undefined
  /** Code of the item, so that it can be had again. */
  readonly code?: string | undefined
}

export type Skill = 'predict' | 'build' | 'debug'
export type Sureness = 1 | 2 | 3
export const SKILLS: readonly Skill[] = ['predict', 'build', 'debug']
