import type { Healthcheck } from '../image/imageConfig.ts'
import type { Lines } from './problem.ts'

/** What every instruction has. */
interface Plain {
  /** Its name as written. */
  readonly written: string
  /** The whole instruction, continued lines joined. */
  readonly code: string
  readonly lines: Lines
  readonly comments: readonly string[]
  /** Whether an empty line stands between it and its comments. */
  readonly apart: boolean
}

/** `name=value`; `legacy` where there was a space instead of the sign. */
export interface Pair {
  readonly key: string
  readonly value: string
  readonly legacy: boolean
}

/** A command line: with `shell` it is one string for the shell. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly shell: boolean
  readonly files: readonly { readonly name: string; readonly data: string; readonly chomp: boolean }[]
}

/** What COPY and ADD are given. */
export interface SourcesAndTarget {
  readonly target: string
  readonly paths: readonly string[]
  readonly contents: readonly { readonly path: string; readonly data: string; readonly expand: boolean }[]
  readonly chown: string
  readonly chmod: string
  readonly link: boolean
  readonly excludes: readonly string[]
}

/** One member of the union for each of several names. */
type Each<Name extends string, Own> = Name extends string ? { readonly is: Name } & Own : never

/** An instruction below a FROM, before its variables are replaced. Models: buildkit instructions/commands.go */
export type Instruction = Plain &
  (
    | {
        readonly is: 'ADD'
        readonly files: SourcesAndTarget
        readonly checksum: string
        readonly keepGitDir?: boolean | undefined
        readonly unpack?: boolean | undefined
      }
    | { readonly is: 'ARG'; readonly args: readonly { readonly key: string; readonly value?: string | undefined }[] }
    | Each<'CMD' | 'ENTRYPOINT', { readonly command: CommandLine }>
    | { readonly is: 'COPY'; readonly files: SourcesAndTarget; readonly from: string; readonly parents: boolean }
    | Each<'ENV' | 'LABEL', { readonly pairs: readonly Pair[] }>
    | { readonly is: 'EXPOSE'; readonly ports: readonly string[] }
    | { readonly is: 'HEALTHCHECK'; readonly health: Healthcheck }
    | Each<'MAINTAINER' | 'STOPSIGNAL' | 'USER' | 'WORKDIR', { readonly text: string }>
    | { readonly is: 'ONBUILD'; readonly expression: string }
    | {
        readonly is: 'RUN'
        readonly command: CommandLine
        readonly mounts: readonly string[]
        readonly network: string
        readonly security: string
      }
    | { readonly is: 'SHELL'; readonly shell: readonly string[] }
    | { readonly is: 'VOLUME'; readonly volumes: readonly string[] }
  )

/** One kind of instruction. */
export type InstructionOf<Name extends Instruction['is']> = Instruction & { readonly is: Name }

/** Names of all instructions. */
export const INSTRUCTIONS =
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  )

/** A FROM with all instructions below it. */
export interface Stage extends Plain {
  /** In lower case; empty without AS. */
  readonly name: string
  /** As written, with its variables. */
  readonly base: string
  readonly platform: string
  readonly instructions: readonly Instruction[]
}
