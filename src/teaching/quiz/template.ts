import type { Block } from '../lesson/prose.ts'
import type { Answer, Explain, Head, Options, Places, QuestionTask, Spots } from './schema.ts'

/** A piece of a prompt: text, or shell lines to be shown with what they print. */
export type PromptPart = Block | { readonly is: 'show'; readonly lines: string }

/** Wrong lines for a task, and what somebody who gives them may believe. */
export interface Slip {
  readonly lines: string
  readonly misconception?: string | undefined
}

/** A question template, read; nothing is drawn yet. Shell lines hold `${name}` as they were written. */
export interface Template extends Head {
  /** Variables stand in it between two marks (see `fill`), so that it is read once. */
  readonly prompt: readonly PromptPart[]
  readonly world: string
  readonly happens: string
  /** The YAML of each block as a tree with the same marks, by its name. */
  readonly trees: Readonly<Record<string, unknown>>
  readonly lines?: { readonly right: readonly string[]; readonly decoys: readonly string[] } | undefined
  readonly solution?: string | undefined
  readonly slips: readonly Slip[]
}

/** The blocks of a template with the values of one draw in them. */
export interface Filled {
  readonly prompt: readonly PromptPart[]
  readonly world: string
  readonly happens: string
  readonly answer?: Answer | undefined
  readonly options: Options
  readonly places?: Places | undefined
  readonly spots?: Spots | undefined
  readonly task?: QuestionTask | undefined
  readonly lines?: { readonly right: readonly string[]; readonly decoys: readonly string[] } | undefined
  readonly solution?: string | undefined
  readonly slips: readonly Slip[]
  readonly explain: Explain
}
