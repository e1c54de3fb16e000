import type { Controller } from '../kernel/controller.ts'
import type { Emission } from '../kernel/event.ts'
import type { World } from '../kernel/world.ts'
import { jobLine } from './builtins/jobs.ts'
import { Files } from './files.ts'
import { hostKind } from './host.ts'
import type { Outcome } from './machine/place.ts'
import { step } from './machine/step.ts'
import { type Process, type Stride, startProcess } from './process.ts'
import type { Session } from './session.ts'

/**
 * Models: the Linux scheduler, for processes that take no time to compute. One look runs a process until something that it did must
 * have its effect, or until it waits; what it emits is taken before it goes on.
 */
export const processesController: Controller = {
  name: 'shell.processes',
  watches: {
    'shell.Process': ['Started', 'Stepped', 'Waited', 'Typed', 'Signalled', 'Heard', 'Ended', 'Noticed', 'after.due'],
  },
  wakes: (event) => event.to,
  reconcile(id, world) {
    const process = world.get(id) as Process | undefined
    if (!process) return
    if (process.state === 'Waiting') return process.inbox.length > 0 ? [{ to: id, type: 'Noticed' }] : undefined
    return run(process, world)
  },
}

function run(process: Process, world: World): readonly Emission[] {
  const host = world.get(process.owner)
  if (!host)
    return [
      {
        to: process.id,
        type: 'Exited',
        data: { machine: process.machine, output: [], taken: 0, host: process.owner, pid: process.pid, exitCode: 137 },
      },
    ]
  const on = hostKind(host)
  const session = host.kind === 'shell.Session' ? (host as Session) : undefined
  const files = new Files(on.files(host, world), world.now)
  const processes = world
    .ownedBy(host.id)
    .flatMap((one) => (one.kind === 'shell.Process' ? [{ id: one.id, pid: (one as Process).pid }] : []))
  const outcome = step(process.machine, process.inbox, {
    world,
    process,
    host,
    files,
    programs: on.programs(host, world),
    pid: process.pid,
    session: process.terminal,
    interactive: process.tty,
    keeps: process.role === 'line',
    history: session?.history ?? [],
    jobs: process.role === 'line' ? (session?.jobs ?? []) : [],
    processes,
  })
  const changes = files.changes()
  return [
    ...outcome.emissions.map((emission) => ({ ...emission, by: emission.by ?? process.terminal ?? process.id })),
    ...(changes ? [on.change(host, changes)] : []),
    ...spawns(process, outcome),
    ...outcome.remotes.map((remote) =>
      startProcess(remote.process, {
        host: remote.host,
        argv: remote.argv,
        stdin: remote.stdin,
        tty: remote.tty,
        role: 'remote',
        parent: process.id,
      }),
    ),
    ...ending(process, outcome, session),
  ]
}

function spawns(process: Process, { spawns: started }: Outcome): readonly Emission[] {
  return started.flatMap(({ pid, text, machine, job }) => {
    const id = `${process.id.replace(/\/[^/]*$/, '')}/${pid}`
    const start = startProcess(id, {
      host: process.owner,
      pid,
      machine,
      line: text,
      role: 'job',
      parent: process.id,
      terminal: process.terminal,
    })
    if (!job) return [start]
    return [start, { to: process.owner, type: 'JobStarted', data: { pid, process: id, text } }]
  })
}

function ending(process: Process, outcome: Outcome, session: Session | undefined): readonly Emission[] {
  const { rest, machine } = outcome
  const finished =
    rest.is === 'exited' && process.role === 'line' ? (session?.jobs.filter((job) => job.exit !== undefined) ?? []) : []
  const output = [
    ...outcome.output,
    ...finished.map((job) => ({ stream: 'stderr' as const, text: `${jobLine(job)}\n` })),
  ]
  const remotes = outcome.remotes.filter((remote) => remote.tty)
  const waitsFor = machine.tasks.flatMap((task) => (task.park?.remote === undefined ? [] : [task.park.remote]))
  const base: Stride = {
    machine,
    output,
    taken: process.inbox.length,
    terminal: process.terminal,
    host: process.owner,
    pid: process.pid,
  }
  const heard: readonly Emission[] =
    process.role === 'remote' && process.parent !== undefined && output.length > 0
      ? [{ to: process.parent, type: 'Heard', data: { process: process.id, output } }]
      : []
  const remote =
    remotes[0]?.process ??
    (process.remote !== undefined && waitsFor.includes(process.remote) ? process.remote : undefined)
  if (rest.is === 'running') return [...heard, { to: process.id, type: 'Stepped', data: { ...base, remote } }]
  if (rest.is === 'waiting') {
    const { due, kinds, reading } = rest
    return [...heard, { to: process.id, type: 'Waited', data: { ...base, remote, due, kinds, reading } }]
  }
  const { exitCode } = rest
  const told: Emission[] = []
  if (process.remote !== undefined) told.push({ to: process.remote, type: 'Signalled', data: { signal: 'HUP' } })
  if (process.parent !== undefined)
    told.push({ to: process.parent, type: 'Ended', data: { process: process.id, pid: process.pid, exitCode } })
  if (process.role === 'job' && session)
    told.push({ to: process.owner, type: 'JobEnded', data: { process: process.id, exitCode } })
  if (process.role === 'job' && session?.foreground !== undefined && session.foreground !== process.parent)
    told.push({ to: session.foreground, type: 'Ended', data: { process: process.id, pid: process.pid, exitCode } })
  if (process.role === 'line') {
    const shell = { ...rest.shell, last: exitCode }
    told.push({
      to: process.owner,
      type: 'Finished',
      data: { shell, exitCode, reported: finished.map((job) => job.number) },
    })
  }
  const done: Emission = { to: process.id, type: 'Exited', data: { ...base, machine: EMPTY, kinds: [], exitCode } }
  return [...heard, done, ...told]
}

/** What is left of the machine of a process that has ended. */
const EMPTY = { tasks: [], pipes: {}, next: 0, children: {} }
