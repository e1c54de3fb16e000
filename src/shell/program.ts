import type { Entity } from '../kernel/entity.ts'
import type { Emission } from '../kernel/event.ts'
import type { Json } from '../kernel/json.ts'
import type { World } from '../kernel/world.ts'
import type { Files } from './files.ts'

/**
 * Something that can be run by name. Pure: what it does is its answer, so it may be run again from the start when
 * it asked for input that was not there yet.
 */
export interface Program {
  readonly name: string
  /** One line: what it is for. */
  readonly summary: string
  /** What follows the name in the usage line: `[OPTION]... [FILE]...`. */
  readonly usage: string
  readonly flags?: readonly Flag[] | undefined
  readonly subcommands?: readonly Subcommand[] | undefined
  /** Command lines worth trying. */
  readonly examples?: readonly string[] | undefined
  /** Exit code for a wrong option; 1 when absent (ls, grep and diff say 2). */
  readonly misuse?: number | undefined
  /** Parses `--help` itself: the shell does not answer it. */
  readonly ownHelp?: boolean | undefined
  /** What its operands are, for completion; files when absent. */
  readonly operands?: 'files' | 'directories' | 'commands' | 'none' | undefined
  /** Whether, called so, each run of whole input lines can be treated by itself, so that it may sit behind something that streams. */
  readonly linewise?: ((argv: readonly string[]) => boolean) | undefined
  /** Called when started. `argv[0]` is the name it was called by. */
  run(call: Call): Step
  /** Called when what it waits for has come. */
  resume?(call: Call, state: Json): Step
  /** Live names and whatever else only the program knows. */
  complete?(call: Completing): readonly Completion[]
}

/** One option. Its key among parsed options is `name`, or `short` where it has no long name. */
export interface Flag {
  readonly name?: string | undefined
  readonly short?: string | undefined
  /** The placeholder of its value; a flag without one takes none. */
  readonly value?: string | undefined
  readonly says: string
  readonly values?: readonly string[] | undefined
}

/** A word that selects what a program does; may have further ones. */
export interface Subcommand {
  readonly name: string
  readonly summary: string
  readonly usage?: string | undefined
  readonly aliases?: readonly string[] | undefined
  readonly flags?: readonly Flag[] | undefined
  readonly subcommands?: readonly Subcommand[] | undefined
  readonly examples?: readonly string[] | undefined
}

/** What a program sees. */
export interface Call {
  readonly argv: readonly string[]
  /** All of standard input; undefined for a terminal. Reading it consumes it, and may put the program off until it is complete. */
  readonly stdin: string | undefined
  /** What has come on standard input so far, consumed; for programs that stream. At a terminal: the lines typed. */
  read(): { readonly text: string; readonly end: boolean }
  /** Whether standard output is a terminal. */
  readonly terminal: boolean
  readonly env: { readonly [name: string]: string }
  readonly cwd: string
  readonly files: Files
  readonly world: World
  readonly process: Entity
  /** The session or container that it runs on. */
  readonly host: Entity
  /** Id of the session whose terminal it writes to. */
  readonly session?: string | undefined
  /** Whether it was started with a terminal as input. */
  readonly interactive: boolean
  /** The programs that this host has. */
  readonly programs: ReadonlyMap<string, Program>
  /** What woke it; `start` in `run`. */
  readonly why: 'start' | 'time' | 'change' | 'input' | 'child' | 'signal'
  readonly signal?: string | undefined
  /** The line that was typed. */
  readonly input?: string | undefined
  readonly child?: { readonly exitCode: number; readonly stdout?: string | undefined } | undefined
}

/** What a program answers: it is done, or it waits. `emit` is taken before the next command of the same line runs. */
export type Step = Done | Waiting

export interface Done {
  readonly exit: number
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
  /** Whether what it said on standard error was said first, as with warnings; else it follows standard output. */
  readonly errorsFirst?: true | undefined
  readonly emit?: readonly Emission[] | undefined
}

export interface Waiting {
  readonly wait: Wait
  readonly state: Json
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
  /** Whether what it said on standard error was said first, as with warnings; else it follows standard output. */
  readonly errorsFirst?: true | undefined
  readonly emit?: readonly Emission[] | undefined
  /** Whether it wants to be resumed with `signal` INT or TERM instead of being ended by them. */
  readonly catches?: boolean | undefined
}

/** What a program waits for; the first of several that comes resumes it. */
export interface Wait {
  /** So many ms. */
  readonly after?: number | undefined
  /** The next change of an entity of one of these kinds, once the events of that instant have settled. May also resume for nothing. */
  readonly changeOf?: readonly string[] | undefined
  /** A line typed at the terminal. */
  readonly input?: boolean | undefined
  /** More on standard input, for `read()`. */
  readonly stdin?: boolean | undefined
  /** A process on another host (`kubectl exec`): its output is forwarded, its exit code comes in `child`. */
  readonly child?:
    | {
        readonly host: string
        readonly argv: readonly string[]
        readonly stdin?: string | undefined
        readonly tty?: boolean | undefined
      }
    | undefined
  /** Another command here (`watch`, `xargs`, `timeout`): `capture` hands its output over instead of printing it. */
  readonly run?:
    | {
        readonly argv: readonly string[]
        readonly stdin?: string | undefined
        readonly env?: { readonly [name: string]: string } | undefined
        readonly capture?: boolean | undefined
      }
    | undefined
}

/** A question for candidates. */
export interface Completing {
  readonly world: World
  readonly files: Files
  readonly host: Entity
  readonly cwd: string
  readonly env: { readonly [name: string]: string }
  /** The words before the one being completed, the program's name first. */
  readonly words: readonly string[]
  /** The beginning of the word being completed. */
  readonly word: string
}

export interface Completion {
  readonly text: string
  readonly says?: string | undefined
  /** Do not put a space after it. */
  readonly open?: boolean | undefined
}

/** A program's answer of success. */
export function ok(stdout = ''): Done {
  return { exit: 0, stdout }
}

/** A program's answer of failure: `stderr` is whole lines without the last newline. */
export function fail(stderr: string, exit = 1, stdout?: string): Done {
  return { exit, stderr: `${stderr}\n`, stdout }
}
