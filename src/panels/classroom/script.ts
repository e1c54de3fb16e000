import type { ClassQuestion } from './vote.flow.ts'

/** What a lesson gives to the wall: its steps, and what each does to the world. The lesson panel fills it; a world without a lesson has none. */
export interface ClassScript {
  readonly title: string
  readonly steps: readonly ClassStep[]
}

export interface ClassStep {
  readonly title: string
  /** What the teacher may say, as plain text. */
  readonly notes: string
  readonly question?: ClassQuestion | undefined
  /** Brings the world to where the step begins. */
  readonly begin: () => Promise<void>
  /** Lets what was asked come about, and says which option was true. */
  readonly run?: (() => Promise<{ readonly truth: number; readonly tell: string }>) | undefined
}
