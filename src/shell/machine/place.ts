import type { Entity } from '../../kernel/entity.ts'
import type { Emission } from '../../kernel/event.ts'
import type { World } from '../../kernel/world.ts'
import type { Files } from '../files.ts'
import type { Program } from '../program.ts'
import type { Fds, Machine } from './machine.ts'
import type { Shell } from './shell.ts'

/** Where a machine runs: what surrounds it during one step. */
export interface Place {
  readonly world: World
  readonly process: Entity
  readonly host: Entity
  readonly files: Files
  readonly programs: ReadonlyMap<string, Program>
  readonly pid: number
  readonly session?: string | undefined
  readonly interactive: boolean
  /** Whether the shell goes on after this machine ends, as a session's does: its EXIT trap is not due yet. */
  readonly keeps: boolean
  /** The lines typed so far, for `history`. */
  readonly history: readonly string[]
  /** Jobs of the session. */
  readonly jobs: readonly Job[]
  /** The processes of the host, for `kill` and `ps`. */
  readonly processes: readonly { readonly id: string; readonly pid: number }[]
}

/** A background command of a session. */
export interface Job {
  readonly number: number
  readonly pid: number
  readonly process: string
  readonly text: string
  /** Set once it has ended. */
  readonly exit?: number | undefined
}

/** Something that came while the machine was at rest. */
export type Inbox =
  | { readonly type: 'input'; readonly text: string }
  | { readonly type: 'signal'; readonly signal: string }
  | { readonly type: 'change' }
  | { readonly type: 'child'; readonly process: string; readonly pid: number; readonly exitCode: number }
  | { readonly type: 'heard'; readonly process: string; readonly output: readonly Chunk[] }

/** A piece of output. */
export interface Chunk {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** A process to be started beside this one. */
export interface Spawn {
  /** Whether it is a job of the session, and not of a script. */
  readonly job: boolean
  readonly pid: number
  readonly text: string
  readonly machine: Machine
}

/** A process to be started on another host. */
export interface Remote {
  readonly process: string
  readonly host: string
  readonly argv: readonly string[]
  readonly stdin?: string | undefined
  readonly tty: boolean
}

/** What one step of a machine came to. */
export interface Outcome {
  readonly machine: Machine
  readonly output: readonly Chunk[]
  readonly emissions: readonly Emission[]
  readonly spawns: readonly Spawn[]
  readonly remotes: readonly Remote[]
  readonly rest:
    | { readonly is: 'running' }
    | {
        readonly is: 'waiting'
        readonly due?: number | undefined
        readonly kinds: readonly string[]
        readonly reading: boolean
      }
    | { readonly is: 'exited'; readonly exitCode: number; readonly shell: Shell }
}

export type { Fds }
