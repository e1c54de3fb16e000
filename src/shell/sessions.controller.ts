import type { Controller } from '../kernel/controller.ts'
import type { Entity } from '../kernel/entity.ts'
import type { World } from '../kernel/world.ts'
import { editorLine } from './editorLine.ts'
import { parse } from './parse/parser.ts'
import { SyntaxProblem } from './parse/syntaxError.ts'
import { highestPid, type Process, startProcess } from './process.ts'
import { isGesture, type Session } from './session.ts'

/**
 * Models: bash's read loop and the terminal driver: a line starts a command, or goes as input to the one that runs.
 * Unlike a terminal, lines that nobody reads stay whole lines, and a gesture is never input to the command that runs: it runs beside it,
 * as in a second terminal.
 */
export const sessionsController: Controller = {
  name: 'shell.sessions',
  watches: {
    'shell.Session': ['Commanded', 'Interrupted', 'Finished', 'Continued', 'Refused', 'Relayed'],
    'shell.Process': ['Waited'],
  },
  wakes: (event, world) => (event.kind === 'shell.Session' ? event.to : sessionOf(world.get(event.to), world)),
  reconcile(id, world) {
    const session = world.get(id) as Session | undefined
    if (!session) return
    if (session.state === 'Busy') return relay(session, world)
    const [next] = session.queue
    if (!next) return
    const text = session.partial === undefined ? next.line : `${session.partial}\n${next.line}`
    try {
      parse(text, { aliases: session.shell.aliases })
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem
      if (problem.incomplete) return [{ to: id, type: 'Continued', data: { text } }]
      const output = [{ stream: 'stderr', text: `bash: ${problem.message}\n` }]
      return [{ to: id, type: 'Refused', data: { text, output, terminal: id } }]
    }
    const { process, pid } = nextProcess(session, world)
    return [
      startProcess(process, { host: id, pid, line: text, tty: true, role: 'line', terminal: id }),
      { to: id, type: 'Began', data: { process, pid, text, lines: 1 } },
    ]
  },
}

function nextProcess({ id, lastPid }: Session, world: World): { process: string; pid: number } {
  const pid = Math.max(lastPid, highestPid(id, world)) + 1
  return { process: `shell.Process/${id.replace(/^shell\.Session\//, '')}/${pid}`, pid }
}

/** The session whose foreground a process is, also from another host. */
function sessionOf(process: Entity | undefined, world: World): string | undefined {
  for (
    let one = process as Process | undefined;
    one;
    one = one.parent === undefined ? undefined : (world.get(one.parent) as Process | undefined)
  )
    if (one.role === 'line') return one.owner
  return undefined
}

function relay(session: Session, world: World): ReturnType<Controller['reconcile']> {
  const reader = inFront(session, world)
  if (!reader) return
  if (session.interrupted)
    return [
      { to: reader.id, type: 'Signalled', data: { signal: 'INT' }, by: session.id },
      { to: session.id, type: 'Relayed', data: { lines: 0 } },
    ]
  const [next] = session.queue
  const edited = next && editorLine(session, next.line, world)
  if (edited) return [...edited, { to: session.id, type: 'Relayed', data: { lines: 1 } }]
  const at = session.queue.findIndex(({ line, by }) => isGesture(by) && isWhole(line, session))
  const gesture = session.queue[at]
  if (gesture) {
    const { process, pid } = nextProcess(session, world)
    return [
      startProcess(process, { host: session.id, pid, line: gesture.line, terminal: session.id }),
      { to: session.id, type: 'Relayed', data: { lines: 1, at, pid } },
    ]
  }
  if (!next || !reader.reading || reader.state !== 'Waiting') return
  return [
    { to: reader.id, type: 'Typed', data: { text: next.line }, by: session.id },
    { to: session.id, type: 'Relayed', data: { lines: 1 } },
  ]
}

function isWhole(line: string, { shell }: Session): boolean {
  try {
    parse(line, { aliases: shell.aliases })
    return true
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return false
    throw problem
  }
}

/** The process that the keyboard belongs to: the foreground one, or the one with a terminal that it runs elsewhere. */
function inFront(session: Session, world: World): Process | undefined {
  let process = session.foreground === undefined ? undefined : (world.get(session.foreground) as Process | undefined)
  while (process?.remote !== undefined) {
    const remote = world.get(process.remote) as Process | undefined
    if (!remote) break
    process = remote
  }
  return process
}
