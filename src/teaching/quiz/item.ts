import type { TaskPicture } from '../../host/goals/task.ts'
import type { Told } from '../../host/views/telling.ts'
import type { Block } from '../lesson/prose.ts'
import type { Format } from './schema.ts'

/** A piece of what is asked: text, or lines with what they print. */
export type ItemPart =
  | Block
  | { readonly is: 'printed'; readonly of: readonly { readonly line: string; readonly output: string }[] }

/** A place that something may go to. `used` and `of` draw a bar, in one unit. */
export interface Place {
  readonly name: string
  readonly facts: string
  readonly used?: number | undefined
  readonly of?: number | undefined
}

/** What a learner does with an item; by format. An answer is one text, or a list of them for `order`, `parsons` and `reach`. */
export type Asked =
  | { readonly format: 'choice' | 'cause' | 'hotspot'; readonly options: readonly string[]; readonly code: boolean }
  | {
      readonly format: 'place'
      readonly places: readonly Place[]
      readonly none?: string | undefined
      readonly asked?: string | undefined
      readonly facts: readonly string[]
      readonly size?: number | undefined
    }
  | { readonly format: 'number'; readonly unit?: string | undefined; readonly within: number }
  | { readonly format: 'moment'; readonly until: number; readonly within: number }
  | { readonly format: 'order'; readonly entries: readonly string[] }
  | { readonly format: 'parsons'; readonly lines: readonly string[] }
  | { readonly format: 'fix'; readonly file: string; readonly text: string; readonly goals: readonly string[] }
  | { readonly format: 'reach'; readonly goals: readonly string[] }

/** One question, made: the same for everybody who has its code. */
export interface Item {
  readonly code: string
  readonly template: string
  readonly title: string
  readonly topic: string
  readonly concepts: readonly string[]
  /** Titles of the concepts, in their order. */
  readonly titles: readonly string[]
  readonly format: Format
  readonly level: number
  readonly prompt: readonly ItemPart[]
  readonly asked: Asked
}

/** A wrong answer that is to be expected, with what somebody who gives it may believe. */
export interface Distractor {
  readonly says: string
  readonly misconception?: string | undefined
}

/** One thing that happened, in the short replay. Times in virtual ms since the question began. */
export interface ReplayStep {
  readonly at: number
  readonly text: string
  readonly tone?: string | undefined
}

/** What is said of an answer. */
export interface Feedback {
  readonly right: boolean
  /** The right answer, where there is one. */
  readonly truth?: string | undefined
  readonly says: string
  readonly misconception?: { readonly id: string; readonly says: string; readonly instead: string } | undefined
  /** The chain of causes of this run, from what explains it back to the command. */
  readonly trace: readonly Told[]
  readonly replay: readonly ReplayStep[]
  /** What was decided about each place, where a table was kept. */
  readonly verdicts: Readonly<Record<string, { readonly fits: boolean; readonly text: string }>>
  readonly goals?: TaskPicture['goals'] | undefined
  /** The world of the question as lines, to be opened in the lab. Times in virtual ms since that world began. */
  readonly world: {
    readonly seed: number
    readonly lines: readonly { readonly at: number; readonly line: string }[]
    readonly at: number
  }
}
