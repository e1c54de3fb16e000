import type { Entity } from '../kernel/entity.ts'
import type { Emission, SimEvent } from '../kernel/event.ts'
import { invariant } from '../kernel/invariant.ts'
import { defineKind } from '../kernel/kind.ts'
import type { World } from '../kernel/world.ts'
import { hostKind } from './host.ts'
import { type Machine, newMachine, standardFds } from './machine/machine.ts'
import type { Chunk, Inbox } from './machine/place.ts'
import { newShell } from './machine/shell.ts'
import { parse } from './parse/parser.ts'
import { processLifecycle } from './process.lifecycle.ts'
import type { Session } from './session.ts'

/** A running command: on a session, or in a container. `owner` is what it runs on. */
export interface Process extends Entity {
  readonly owner: string
  readonly pid: number
  /** What `ps` shows. */
  readonly command: string
  readonly machine: Machine
  readonly inbox: readonly Inbox[]
  /** Virtual time at which it asked to be woken. */
  readonly due?: number | undefined
  /** Kinds of entities whose change wakes it. */
  readonly kinds: readonly string[]
  /** Whether it waits for a line typed. */
  readonly reading: boolean
  /** Id of the session whose terminal it writes to; the output of others is for their host to keep. */
  readonly terminal?: string | undefined
  /** `line` for a session's foreground line, `job` for a background command, `remote` for one started from another host. */
  readonly role: 'line' | 'job' | 'remote' | 'own'
  /** Id of the process that is told of its end, and for a remote one of its output. */
  readonly parent?: string | undefined
  readonly tty: boolean
  /** Id of the process with a terminal that it runs on another host right now. */
  readonly remote?: string | undefined
}

/** How a process is started. */
export interface Start {
  readonly host: string
  readonly pid?: number | undefined
  readonly argv?: readonly string[] | undefined
  readonly env?: { readonly [name: string]: string } | undefined
  readonly cwd?: string | undefined
  readonly stdin?: string | undefined
  readonly tty?: boolean | undefined
  readonly role?: Process['role'] | undefined
  readonly parent?: string | undefined
  readonly terminal?: string | undefined
  /** A line of a session, in the session's own shell. */
  readonly line?: string | undefined
  /** A machine that is made already: a command put in the background. */
  readonly machine?: Machine | undefined
}

/** What `Stepped`, `Waited` and `Exited` carry. */
export interface Stride {
  readonly machine: Machine
  readonly output: readonly Chunk[]
  /** How many items of the inbox it took. */
  readonly taken: number
  readonly terminal?: string | undefined
  readonly host: string
  readonly pid: number
  readonly due?: number | undefined
  readonly kinds?: readonly string[] | undefined
  readonly reading?: boolean | undefined
  readonly remote?: string | undefined
  /** Of `Exited` alone. */
  readonly exitCode?: number | undefined
}

/** The event that starts a process. `pid` 1 makes it ignore signals that it does not handle, as the first process of a container does. */
export function startProcess(id: string, start: Start): Emission {
  return { to: id, type: 'Started', kind: 'shell.Process', data: start }
}

/** The highest pid in use on a host. */
export function highestPid(host: string, world: World): number {
  let highest = 0
  for (const entity of world.ownedBy(host))
    if (entity.kind === 'shell.Process') highest = Math.max(highest, (entity as Process).pid)
  return highest
}

export const processKind = defineKind<Process>({
  kind: 'shell.Process',
  lifecycle: processLifecycle,
  delays: {
    due: (process, world) =>
      process.due === undefined ? Number.POSITIVE_INFINITY : Math.max(0, process.due - world.now),
  },
  birth,
  apply: {
    Stepped: stride,
    Waited: stride,
    Exited: stride,
    Typed: (process, event) => receive(process, { type: 'input', text: (event.data as { text: string }).text }),
    Signalled: (process, event) =>
      receive(process, { type: 'signal', signal: (event.data as { signal: string }).signal }),
    Heard: (process, event) =>
      receive(process, { type: 'heard', ...(event.data as { process: string; output: readonly Chunk[] }) }),
    Ended: (process, event) =>
      receive(process, { type: 'child', ...(event.data as { process: string; pid: number; exitCode: number }) }),
    Noticed: (process, event) => (event.data === undefined ? {} : receive(process, { type: 'change' })),
  },
  tell: {
    Started: (event) => `\`${firstWord(event)}\` runs as [process ${pidOf(event)}](${event.to}).`,
    Exited: (event) =>
      `[Process ${pidOf(event)}](${event.to}) ended with exit code ${(event.data as Stride).exitCode}.`,
    Signalled: (event) =>
      `[Process ${pidOf(event)}](${event.to}) was sent SIG${(event.data as { signal: string }).signal}.`,
  },
})

function pidOf(event: SimEvent): string {
  return event.to.slice(event.to.lastIndexOf('/') + 1)
}

/** The program of a command line: enough to be told. */
function firstWord(event: SimEvent): string {
  const { line, argv } = (event.data ?? {}) as Partial<Start>
  return (line ?? argv?.[0])?.trim().split(/\s+/)[0] || 'a command'
}

function receive(process: Process, item: Inbox): { inbox: readonly Inbox[] } {
  return { inbox: [...process.inbox, item] }
}

function stride(process: Process, event: SimEvent): Omit<Partial<Process>, keyof Entity> {
  const { machine, taken, due, kinds, reading, remote } = event.data as Stride
  return {
    machine,
    inbox: process.inbox.slice(taken),
    due,
    kinds: kinds ?? process.kinds,
    reading: reading ?? false,
    remote,
  }
}

function birth(event: SimEvent, world: World): Omit<Process, 'id' | 'kind' | 'state' | 'entry' | 'since' | 'born'> {
  const start = event.data as Start
  const host = world.get(start.host)
  invariant(host, `${event.to} starts on ${start.host}, which is not there`)
  const pid = start.pid ?? highestPid(start.host, world) + 1
  const tty = start.tty ?? false
  return {
    owner: start.host,
    pid,
    command: start.line ?? start.argv?.join(' ') ?? '',
    machine: start.machine ?? makeMachine(start, host, world, pid, tty),
    inbox: [],
    kinds: [],
    reading: false,
    terminal: start.terminal,
    role: start.role ?? 'own',
    parent: start.parent,
    tty,
  }
}

function makeMachine(start: Start, host: Entity, world: World, pid: number, tty: boolean): Machine {
  const fds = standardFds(tty)
  if (start.line !== undefined) {
    const { shell } = host as Session
    return newMachine({ ...shell, pid: shell.pid }, { script: parse(start.line, { aliases: shell.aliases }) }, fds)
  }
  const on = hostKind(host)
  const env = { ...on.env(host, world), ...start.env }
  const shell = newShell(env, start.cwd ?? on.cwd?.(host, world) ?? '/', pid, 'sh')
  const machine = newMachine(shell, { argv: start.argv ?? [] }, fds)
  if (start.stdin === undefined) return machine
  const [main] = machine.tasks
  invariant(main, 'a new machine has one task')
  return {
    ...machine,
    next: 2,
    pipes: { 1: { text: start.stdin, open: false } },
    tasks: [{ ...main, fds: { ...fds, 0: { to: 'pipe', id: 1 } } }],
  }
}
