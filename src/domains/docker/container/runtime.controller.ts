import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { type Process, type Stride, startProcess } from '../../../shell/process.ts'
import { serverEnd, withoutWrappers } from '../../containerd/index.ts'
import type { Container } from './container.ts'
import { launchOf, startOf } from './launch.ts'

/**
 * What happens to the processes of containers without the engine's doing: they start, end by themselves, meet their memory limit, get
 * signals. Unlike the kernel's freezer, pausing does not hold the clocks of processes in the shell.
 * Models: containerd-shim, runc and the kernel's memory cgroups.
 */
export const runtimeController: Controller = {
  name: 'docker.runtime',
  watches: {
    'docker.Container': [
      'Started',
      'after.backOff',
      'StopRequested',
      'Signalled',
      'after.grace',
      'Killed',
      'OOMKilled',
      'Exited',
      'after.removal',
    ],
    'shell.Process': ['Exited'],
  },
  wakes(event, world) {
    if (event.kind !== 'shell.Process') {
      if (event.type === 'Signalled') return `${event.to}\nsignal\n${(event.data as { signal: string }).signal}`
      if (event.into === 'exited' || event.into === 'gone')
        return (world.get(event.to) as Container | undefined)?.runs === 'daemon' && world.ownedBy(event.to).length === 0
          ? undefined
          : event.to
      return event.into === 'running' && runsForEver(event.to, world) ? undefined : event.to
    }
    const { host, exitCode, pid } = event.data as Stride
    if (pid !== 1 || !host.startsWith('docker.Container/')) return undefined
    // A server has no process of the shell: the first one in its container is an exec's, whose end is not its own.
    return (world.get(host) as Container | undefined)?.runs === 'daemon' ? undefined : `${host}\nexit\n${exitCode}`
  },
  reconcile(id, world) {
    const [to = '', what, word] = id.split('\n')
    const container = world.get(to) as Container | undefined
    if (what === 'exit') {
      if (container?.state !== 'running' && container?.state !== 'stopping' && container?.state !== 'paused')
        return undefined
      return [{ to, type: 'Exited', data: { exitCode: Number(word) }, by: container.engine }]
    }
    if (what === 'signal') return container && signal(container, world, word ?? 'TERM')
    return container ? live(container, world) : killAll(to, world)
  },
}

/** Whether nothing waits for a container that has just started: a server without an end of its own or a limit. */
function runsForEver(id: string, world: World): boolean {
  const container = world.get(id) as Container | undefined
  if (container?.runs !== 'daemon' || container.spec.memory !== undefined) return false
  return launchOf(world, container)?.server?.daemon.ends === undefined
}

function live(container: Container, world: World): readonly Answer[] | undefined {
  const { state, runs } = container
  if (state === 'running') return runs === 'shell' ? begin(container, world) : fate(container, world)
  if (state === 'stopping') return stop(container, world)
  return state === 'exited' ? killAll(container.id, world) : undefined
}

/** Starts the first process of a container that runs something for the shell, unless a terminal does. */
function begin(container: Container, world: World): readonly Answer[] | undefined {
  if (container.attached || mainOf(container.id, world)) return undefined
  const launch = launchOf(world, container)
  if (!launch) return [{ to: container.id, type: 'Exited', data: { exitCode: 127 }, by: container.engine }]
  const argv = withoutWrappers(launch.argv)
  const tty = container.spec.tty === true && container.spec.stdin === true
  return [{ ...startProcess(`${container.id}/1`, { host: container.id, pid: 1, argv, tty }), by: container.engine }]
}

/** The end that waits for a server: one of its own, or the memory limit. */
function fate(container: Container, world: World): readonly Answer[] | undefined {
  const launch = launchOf(world, container)
  if (!launch?.server || container.startedAt === undefined) return undefined
  const { daemon, argv } = launch.server
  const end = serverEnd(daemon, () => startOf(world, container, launch.image, argv), container.spec.memory)
  if (!end) return undefined
  const age = world.now - container.startedAt
  if (age < end.after) return [{ again: end.after - age }]
  const { id: to, engine: by } = container
  return end.is === 'killed'
    ? [{ to, type: 'OOMKilled', by, data: { limit: end.limit } }]
    : [{ to, type: 'Exited', by, data: { exitCode: end.exitCode } }]
}

/** The stop signal: a server ends in its time, a process gets the signal. */
function stop(container: Container, world: World): readonly Answer[] | undefined {
  const { stop: asked, id: to, engine: by } = container
  if (!asked) return undefined
  if (container.runs === 'shell') {
    const main = mainOf(to, world)
    if (!main) return [{ to, type: 'Exited', data: { exitCode: 143 }, by }]
    if (world.now !== container.since) return undefined
    if (container.spec.init) return [{ to, type: 'Exited', data: { exitCode: 128 + number(asked.signal) }, by }]
    return [{ to: main.id, type: 'Signalled', data: { signal: asked.signal }, by }]
  }
  const daemon = launchOf(world, container)?.server?.daemon
  if (daemon?.stopMs === undefined) return undefined
  const age = world.now - container.since
  if (age < daemon.stopMs) return [{ again: daemon.stopMs - age }]
  return [{ to, type: 'Exited', data: { exitCode: daemon.stopExit ?? 0 }, by }]
}

/** A signal that is no stop: `docker kill --signal`. */
function signal(container: Container, world: World, word: string): readonly Answer[] | undefined {
  const { id: to, engine: by } = container
  if (container.state !== 'running') return undefined
  if (container.runs === 'shell') {
    const main = mainOf(to, world)
    return main && [{ to: main.id, type: 'Signalled', data: { signal: word }, by }]
  }
  const daemon = launchOf(world, container)?.server?.daemon
  if (daemon?.stopMs === undefined || !['TERM', 'INT', 'QUIT'].includes(word)) return undefined
  return [{ to, type: 'Exited', after: daemon.stopMs, data: { exitCode: daemon.stopExit ?? 0 }, by }]
}

function number(signal: string): number {
  return { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, TERM: 15 }[signal] ?? 15
}

/** The processes that are left in a container whose first one has ended. */
function killAll(id: string, world: World): readonly Answer[] | undefined {
  const left = processesOf(id, world)
  return left.map((process) => ({ to: process.id, type: 'Signalled', data: { signal: 'KILL' } }))
}

function mainOf(id: string, world: World): Process | undefined {
  return processesOf(id, world).find((process) => process.pid === 1)
}

/** Processes of the shell that run in a container. */
export function processesOf(id: string, world: World): readonly Process[] {
  const owned = world.ownedBy(id)
  return owned.length === 0
    ? []
    : (owned.filter((entity) => entity.kind === 'shell.Process') as unknown as readonly Process[])
}
