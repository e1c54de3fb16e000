import type { Condition } from './condition.ts'

/** What is to be reached. `how` says over which time the condition counts; see `src/lessons/README.md`. Times in virtual ms. */
export interface Goal {
  readonly how: 'now' | 'eventually' | 'always' | 'never'
  readonly condition: Condition
  readonly after?: Condition | undefined
  readonly within?: number | undefined
  readonly lasting?: number | undefined
}

/** What is rewarded beside winning: few lines, or little time in which a condition does not hold. */
export type Star =
  | { readonly commands: number }
  | { readonly downtime: { readonly of: Condition; readonly atMost: number } }

/** A task as the lab judges it: words are for whoever shows it. */
export interface TaskAsked {
  readonly goals: readonly Goal[]
  /** By hint: when it comes by itself. */
  readonly hints: readonly (Condition | null)[]
  readonly lost: readonly Condition[]
  readonly stars: readonly Star[]
}

/** When a task began: how long the journal was, and the virtual time. */
export interface Began {
  readonly position: number
  readonly at: number
}

/** How a task stands. Times in virtual ms. */
export interface TaskPicture {
  readonly state: 'open' | 'won' | 'lost'
  /** When it was won or lost. */
  readonly at?: number | undefined
  /** What lost it: a goal that was broken or one of the lost conditions, by place. */
  readonly because?: { readonly goal: number } | { readonly lost: number } | undefined
  readonly goals: readonly GoalPicture[]
  /** By hint: since when it shows itself, if it does. */
  readonly hints: readonly (number | null)[]
  /** By star: whether it can be had, and the lines or ms so far. */
  readonly stars: readonly { readonly open: boolean; readonly value: number }[]
}

export interface GoalPicture {
  /** `waiting` for its `after`; `kept` so far, for what must always or never be. */
  readonly state: 'open' | 'met' | 'kept' | 'broken' | 'waiting'
  readonly at?: number | undefined
}
