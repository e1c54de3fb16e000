import type { Entity } from '../kernel/entity.ts'
import type { SimEvent } from '../kernel/event.ts'
import { defineKind } from '../kernel/kind.ts'
import { type FileChanges, type FileTree, treeOf, withChanges } from './files.ts'
import { defineHost } from './host.ts'
import { installedPrograms } from './installed.ts'
import type { Job } from './machine/place.ts'
import { environment, newShell, type Shell } from './machine/shell.ts'
import { sessionLifecycle } from './session.lifecycle.ts'

/** A learner's terminal: a shell, its files and what was typed. */
export interface Session extends Entity {
  readonly shell: Shell
  readonly files: FileTree
  readonly history: readonly string[]
  /** Lines that have not been dealt with. */
  readonly queue: readonly Line[]
  /** The beginning of a line that is not complete. */
  readonly partial?: string | undefined
  /** Id of the process in the foreground. */
  readonly foreground?: string | undefined
  readonly interrupted?: true | undefined
  readonly jobs: readonly Job[]
  /** The pid of the last process started. */
  readonly lastPid: number
  /** What the editor is open for. */
  readonly editor?: { readonly path: string; readonly process: string } | undefined
}

export interface Line {
  readonly line: string
  /** `canvas` when it came from the picture and not from the keyboard. */
  readonly by?: string | undefined
}

/** Whether a line comes from something done with the picture, and so can never be meant as input to a running command. */
export function isGesture(by: string | undefined): boolean {
  return by !== undefined && !WRITERS.has(by)
}

/** Those who write lines as someone at the keyboard does: one after another. */
const WRITERS: ReadonlySet<string> = new Set(['editor', 'scene', 'lesson', 'trial'])

export const HOME = '/home/learner'

const SHELL_PID = 1000

const ENV = {
  HOME,
  USER: 'learner',
  LOGNAME: 'learner',
  SHELL: '/bin/bash',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  HOSTNAME: 'orrery',
}

/** The files that a new session has. */
export const FIRST_FILES: FileTree = treeOf({
  [HOME]: null,
  '/tmp': null,
  '/etc/hostname': 'orrery\n',
  '/etc/hosts': '127.0.0.1\tlocalhost\n127.0.1.1\torrery\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nlearner:x:1000:1000::/home/learner:/bin/bash\n',
  '/usr/local/bin': null,
  '/root': null,
})

export const sessionKind = defineKind<Session>({
  kind: 'shell.Session',
  lifecycle: sessionLifecycle,
  birth: (event) => ({
    shell: newShell(ENV, HOME, SHELL_PID),
    files: event.type === 'FilesChanged' ? withChanges(FIRST_FILES, event.data as FileChanges) : FIRST_FILES,
    history: [],
    queue: event.type === 'Commanded' ? [lineOf(event)] : [],
    jobs: [],
    lastPid: SHELL_PID,
  }),
  apply: {
    Commanded: (session, event) => ({ queue: [...session.queue, lineOf(event)] }),
    Began: (session, event) => {
      const { process, pid, text, lines } = event.data as { process: string; pid: number; text: string; lines: number }
      return {
        queue: session.queue.slice(lines),
        partial: undefined,
        foreground: process,
        lastPid: pid,
        history: remember(session, text),
      }
    },
    Continued: (session, event) => ({ queue: session.queue.slice(1), partial: (event.data as { text: string }).text }),
    Refused: (session, event) => ({
      queue: session.queue.slice(1),
      partial: undefined,
      shell: { ...session.shell, last: 2 },
      history: remember(session, (event.data as { text: string }).text),
    }),
    Relayed: (session, event) => {
      const { lines, at = 0, pid } = event.data as { lines: number; at?: number; pid?: number }
      return { queue: session.queue.toSpliced(at, lines), interrupted: undefined, lastPid: pid ?? session.lastPid }
    },
    Finished: (session, event) => {
      const { shell, reported } = event.data as { shell: Shell; reported: readonly number[] }
      return { shell, foreground: undefined, jobs: session.jobs.filter((job) => !reported.includes(job.number)) }
    },
    Interrupted: (session) =>
      session.state === 'Busy'
        ? { queue: [], interrupted: true as const }
        : { queue: [], partial: undefined, shell: { ...session.shell, last: 130 } },
    FilesChanged: (session, event) => ({ files: withChanges(session.files, event.data as FileChanges) }),
    JobStarted: (session, event) => {
      const job = event.data as Omit<Job, 'number'>
      const number = Math.max(0, ...session.jobs.map((one) => one.number)) + 1
      return { jobs: [...session.jobs, { ...job, number }], lastPid: Math.max(session.lastPid, job.pid) }
    },
    JobEnded: (session, event) => {
      const { process, exitCode } = event.data as { process: string; exitCode: number }
      return { jobs: session.jobs.map((job) => (job.process === process ? { ...job, exit: exitCode } : job)) }
    },
    EditorOpened: (_, event) => ({ editor: event.data as { path: string; process: string } }),
    EditorClosed: (session, event) => {
      const { path, text } = (event.data ?? {}) as { path?: string; text?: string }
      const at = path ?? session.editor?.path
      const files =
        text === undefined || at === undefined
          ? session.files
          : withChanges(session.files, { [at]: { text, at: event.at } })
      return { editor: undefined, files }
    },
  },
  tell: {
    Commanded: (event) => `The command \`${lineOf(event).line}\` was given.`,
    Interrupted: () => 'Ctrl-C was pressed.',
  },
})

function lineOf(event: SimEvent): Line {
  const { line } = event.data as { line: string }
  return event.by === undefined ? { line } : { line, by: event.by }
}

function remember(session: Session, text: string): readonly string[] {
  return text.trim() === '' || text.startsWith(' ') ? session.history : [...session.history, text]
}

/** Models: the learner's own Linux machine. */
defineHost({
  kind: 'shell.Session',
  programs: () => installedPrograms(),
  files: (host) => (host as Session).files,
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: changes }),
  env: (host) => environment((host as Session).shell),
  cwd: (host) => (host as Session).shell.cwd,
})
