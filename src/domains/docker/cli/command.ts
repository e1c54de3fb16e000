import type { Json } from '../../../kernel/index.ts'
import type { Wait } from '../../../shell/index.ts'
import type { Ask } from './ask.ts'

/** One subcommand of `docker`, in the shape of its help. `run` may throw a `Problem`. */
export interface Command {
  /** With its group: `container ls`, `run`. */
  readonly path: string
  /** Other paths that mean the same: `ps`, `container ps`. */
  readonly aliases?: readonly string[] | undefined
  readonly summary: string
  /** What follows the path in the usage line. */
  readonly usage: string
  readonly flags?: readonly CommandFlag[] | undefined
  /** Fewest and most arguments. */
  readonly args?: readonly [number, number] | undefined
  /** Whether options end at the first argument, as for `run` and `exec`. */
  readonly stopsAtArgument?: boolean | undefined
  /** What its arguments name, for completion. */
  readonly completes?: 'containers' | 'running' | 'images' | 'networks' | 'volumes' | undefined
  run(ask: Ask): Reply
  resume?(ask: Ask, state: Json): Reply
}

export interface CommandFlag {
  readonly name: string
  readonly short?: string | undefined
  /** Its type as help shows it (`string`, `list`, `int`, `bytes`, `duration`); none for a switch. */
  readonly type?: string | undefined
  readonly says: string
}

/** What a command comes to: its exit code, or what it waits for. */
export type Reply =
  | { readonly exit: number }
  | { readonly wait: Wait; readonly state: Json; readonly catches?: boolean | undefined }
