import type { Json } from '../../../kernel/index.ts'
import type { Ask } from './ask.ts'
import type { GitFlag } from './flags.ts'

/** One git command. */
export interface Command {
  readonly name: string
  /** What `git help` says of it. */
  readonly summary: string
  /** Usage lines without `usage:`, as git prints them. */
  readonly usage: readonly string[]
  readonly flags: readonly GitFlag[]
  /** Where it can run: in a working tree (when absent), in any repository, or anywhere. */
  readonly place?: 'worktree' | 'repository' | 'anywhere' | undefined
  /** Whether options end at the first word that is none. */
  readonly stopAtOperand?: boolean | undefined
  /** What its words are, for completion. */
  readonly completes?: 'paths' | 'changed' | 'branches' | 'refs' | 'remotes' | 'tags' | undefined
  readonly subcommands?: readonly { readonly name: string; readonly summary: string }[] | undefined
  run(ask: Ask): Reply
  /** Goes on when the editor was closed, from what `next` noted. */
  resume?(ask: Ask, next: Json): Reply
}

/** An exit code, or a file to be edited before it goes on. */
export type Reply = number | Editing

export interface Editing {
  /** Absolute path of a file that is written already. */
  readonly edit: string
  /** Which editor: the one for texts, or the one for the list of a rebase. */
  readonly editor?: 'text' | 'sequence' | undefined
  readonly next: Json
}
