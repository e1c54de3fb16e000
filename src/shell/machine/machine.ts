import type { Json } from '../../kernel/json.ts'
import type { Command, Item, Pipeline, Script, Simple } from '../parse/ast.ts'
import type { Shell } from './shell.ts'

/** The whole state of an interpreter, as plain JSON: tasks that take turns, and the pipes between them. */
export interface Machine {
  readonly tasks: readonly Task[]
  readonly pipes: { readonly [id: number]: Pipe }
  /** The number of the next task or pipe. */
  readonly next: number
  /** Processes started in the background by pid: their exit code, null while they run. */
  readonly children: { readonly [pid: number]: number | null }
}

/** Text between a writer and a reader, or the captured output of a substitution. */
export interface Pipe {
  readonly text: string
  /** Whether somebody may still write to it. */
  readonly open: boolean
  /** Whether nobody reads it any more. */
  readonly broken?: true | undefined
}

/** Where a file descriptor leads. */
export type Fd =
  | { readonly to: 'tty'; readonly as: 'stdout' | 'stderr' }
  | { readonly to: 'null' }
  | { readonly to: 'pipe'; readonly id: number }
  | { readonly to: 'file'; readonly path: string }

export interface Fds {
  readonly [fd: number]: Fd
}

/** One line of control: the main one, a pipeline's stage, a subshell, a substitution. */
export interface Task {
  readonly id: number
  readonly stack: readonly Frame[]
  readonly shell: Shell
  readonly fds: Fds
  readonly park?: Park | undefined
  readonly woke?: Woke | undefined
  /** Set when it is done. */
  readonly status?: number | undefined
  /** Signals that came while a command ran and wait for their trap. */
  readonly pending?: readonly string[] | undefined
  /** Set while the EXIT trap runs: what to end with. */
  readonly ending?: number | undefined
}

/** What a parked task waits for; whichever comes first. */
export interface Park {
  /** Virtual time in ms. */
  readonly due?: number | undefined
  readonly kinds?: readonly string[] | undefined
  readonly input?: true | undefined
  readonly pipe?: { readonly id: number; readonly whole: boolean } | undefined
  readonly tasks?: readonly number[] | undefined
  /** Pids of background processes that must all have ended. */
  readonly children?: readonly number[] | undefined
  /** Id of a process on another host. */
  readonly remote?: string | undefined
}

export interface Woke {
  readonly why: 'time' | 'change' | 'input' | 'child' | 'signal'
  readonly signal?: string | undefined
  readonly input?: string | undefined
  readonly exitCode?: number | undefined
}

/** One thing under way. The last of a stack is what runs. `cond` marks a place where failing is no reason for `set -e`. */
export type Frame = { readonly cond?: true | undefined } & (
  | { readonly f: 'list'; readonly script: Script; readonly at: number }
  | { readonly f: 'item'; readonly item: Item; readonly at: number }
  | { readonly f: 'pipeline'; readonly pipeline: Pipeline; readonly tasks?: readonly number[]; readonly began?: number }
  | { readonly f: 'subshell'; readonly task: number }
  | ({ readonly f: 'words'; readonly command: Command } & Substituting)
  | { readonly f: 'if'; readonly command: Command & { type: 'if' }; readonly at: number; readonly tested?: true }
  | {
      readonly f: 'while'
      readonly command: Command & { type: 'while' }
      readonly tested?: true
      readonly result: number
    }
  | {
      readonly f: 'for'
      readonly name: string
      readonly values: readonly string[]
      readonly at: number
      readonly body: Script
    }
  | { readonly f: 'cfor'; readonly command: Command & { type: 'cfor' }; readonly begun?: true; readonly result: number }
  | { readonly f: 'case'; readonly bodies: readonly Script[]; readonly at: number }
  | { readonly f: 'fds'; readonly fds: Fds }
  | { readonly f: 'vars'; readonly vars: { readonly [name: string]: string | readonly string[] | null } }
  | {
      readonly f: 'call'
      readonly positional: readonly string[]
      readonly locals: { readonly [name: string]: string | readonly string[] | null }
    }
  | { readonly f: 'source'; readonly positional?: readonly string[] }
  | { readonly f: 'trap'; readonly last: number }
  | { readonly f: 'wait'; readonly pids: readonly number[] }
  | { readonly f: 'read'; readonly argv: readonly string[] }
  | { readonly f: 'prompt'; readonly text: string; readonly shown?: true }
  | { readonly f: 'argv'; readonly argv: readonly string[] }
  | Running
)

/** Outputs of the substitutions that ran so far, and the one that runs. */
export interface Substituting {
  readonly outputs: readonly string[]
  readonly running?: { readonly task: number; readonly pipe: number } | undefined
}

/** A program under way. */
export interface Running {
  readonly f: 'program'
  readonly cond?: true | undefined
  readonly name: string
  readonly argv: readonly string[]
  readonly env: { readonly [name: string]: string }
  /** Absent until `run` was called. */
  readonly state?: Json | undefined
  readonly begun?: true | undefined
  readonly catches?: true | undefined
  /** The command that it runs itself, and the pipe that takes its output. */
  readonly runs?: { readonly task: number; readonly pipe?: number | undefined } | undefined
  /** Since a change was first waited for, the world is looked at once more when the instant has settled. */
  readonly watched?: true | undefined
}

export type SimpleCommand = Simple

/** A machine about to run: a script, or one command given as arguments. */
export function newMachine(
  shell: Shell,
  start: { readonly script: Script } | { readonly argv: readonly string[] },
  fds: Fds,
): Machine {
  const frame: Frame = 'script' in start ? { f: 'list', script: start.script, at: 0 } : { f: 'argv', argv: start.argv }
  return { tasks: [{ id: 0, stack: [frame], shell, fds }], pipes: {}, next: 1, children: {} }
}

/** Descriptors at a terminal, or with nothing to read. */
export function standardFds(terminal: boolean): Fds {
  return {
    0: terminal ? { to: 'tty', as: 'stdout' } : { to: 'null' },
    1: { to: 'tty', as: 'stdout' },
    2: { to: 'tty', as: 'stderr' },
  }
}
