/** A list of commands: what a line, a script, or the inside of a compound command is. Plain JSON throughout. */
export interface Script {
  readonly items: readonly Item[]
}

export interface Item {
  readonly first: Pipeline
  readonly rest: readonly { readonly op: '&&' | '||'; readonly pipeline: Pipeline }[]
  readonly background?: true
  /** As it was written, for `jobs`. */
  readonly text: string
}

export interface Pipeline {
  readonly negate?: true
  readonly timed?: true
  readonly stages: readonly Command[]
}

export type Command =
  | Simple
  | (Redirected &
      (
        | { readonly type: 'group'; readonly body: Script }
        | { readonly type: 'subshell'; readonly body: Script }
        | {
            readonly type: 'if'
            readonly arms: readonly { readonly test: Script; readonly then: Script }[]
            readonly otherwise?: Script
          }
        | { readonly type: 'while'; readonly until: boolean; readonly test: Script; readonly body: Script }
        | { readonly type: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: Script }
        | {
            readonly type: 'cfor'
            readonly init: string
            readonly test: string
            readonly next: string
            readonly body: Script
          }
        | { readonly type: 'case'; readonly word: Word; readonly arms: readonly CaseArm[] }
        | { readonly type: 'function'; readonly name: string; readonly body: Command }
        | { readonly type: 'cond'; readonly words: readonly CondToken[] }
        | { readonly type: 'arith'; readonly expression: string }
      ))

export interface Redirected {
  readonly redirects: readonly Redirect[]
}

export interface Simple extends Redirected {
  readonly type: 'simple'
  readonly assigns: readonly Assign[]
  readonly words: readonly Word[]
}

export interface CaseArm {
  readonly patterns: readonly Word[]
  readonly body: Script
  /** What ends it: `;;`, `;&` (go on with the next body) or `;;&` (go on testing). */
  readonly end: string
}

export interface Assign {
  readonly name: string
  readonly append?: true
  readonly index?: string
  readonly value: Word
  readonly array?: readonly Word[]
}

/** A word of `[[ ]]`, or one of its operators. */
export type CondToken = { readonly op: string } | { readonly word: Word }

export interface Redirect {
  readonly fd: number
  readonly op: '<' | '>' | '>>' | '>|' | '<>' | '>&' | '<&' | '&>' | '&>>' | '<<' | '<<<'
  /** Target, or the text of a heredoc or here-string. */
  readonly word: Word
}

/** Parts that stand together as one word. */
export type Word = readonly Part[]

export type Part =
  | { readonly lit: string; readonly quoted?: true }
  | Parameter
  | {
      readonly sub: Script
      readonly quoted?: true /** `<(…)`: the word is the name of a file that holds the output. */
      readonly file?: true
    }
  | { readonly arith: Word; readonly quoted?: true }

/** `$x`, `${x}` and all that can be written inside the braces. */
export interface Parameter {
  readonly param: string
  readonly index?: string
  /** `length` for `${#x}`, `!` for `${!x}`, else the operator after the name. */
  readonly op?: string
  readonly word?: Word
  readonly word2?: Word
  readonly quoted?: true
}
