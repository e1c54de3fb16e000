import type { Emission, Json } from '../../../kernel/index.ts'
import type { Wait } from '../../../shell/program.ts'
import type { Ask } from './ask.ts'
import type { KubeFlag } from './flags.ts'

/** One subcommand of kubectl. Its texts make help and completion. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What follows its path in the usage line. */
  readonly usage: string
  readonly aliases?: readonly string[] | undefined
  readonly flags?: readonly KubeFlag[] | undefined
  readonly examples?: readonly string[] | undefined
  readonly commands?: readonly Command[] | undefined
  /** Does not need the API server. */
  readonly offline?: boolean | undefined
  /** Arguments that its completion offers: types first then names, names of one kind, or files only. */
  readonly completes?: 'resources' | 'nodes' | 'pods' | undefined
  run?(ask: Ask): Reply
  /** Called when what it waits for has come, with the state it left. */
  resume?(ask: Ask, state: Json): Reply
}

/** What a subcommand answers, beside what it wrote through its `Ask`: that it is done, or what it waits for. */
export type Reply =
  | { readonly exit: number; readonly emit?: readonly Emission[] | undefined }
  | {
      readonly wait: Wait
      readonly state: Json
      readonly emit?: readonly Emission[] | undefined
      readonly catches?: boolean | undefined
    }

/** A word that stands in for one event of the API server's time: the ms until a client goes on after a request. */
export const NEXT: Wait = { after: 1 }
