import type { Answer, Controller, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { type Process, type Stride, startProcess } from '../../../shell/process.ts'
import { serverEnd, startProblem, withoutWrappers } from '../../containerd/index.ts'
import { parseQuantity } from '../api/quantity.ts'
import { componentId, machineRuns } from '../components/component.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Container, containersOf } from './container.ts'
import { launchOf, startOf } from './serving.ts'
import { filesOf } from './volumes.ts'

/**
 * What happens to the processes of containers without the kubelet's doing: they start, end by themselves, meet their memory limit, get
 * signals. Acts at the very instant, also while the kubelet is down or cut off.
 * Models: containerd-shim, runc and the kernel's memory cgroups.
 */
export const runtimeController: Controller = {
  name: 'containerd-shim',
  watches: {
    'k8s.Container': [
      'after.create',
      'StopRequested',
      'after.terminationGrace',
      'Killed',
      'OOMKilled',
      'Exited',
      'Removed',
      'FilesChanged',
    ],
    'shell.Process': ['Exited'],
  },
  wakes(event, world) {
    if (event.kind === 'shell.Process') {
      const { host, exitCode } = event.data as Stride
      return host.startsWith('k8s.Container/') && event.to === `${host}/1` ? `${host}\nexit\n${exitCode}` : undefined
    }
    if (event.type === 'FilesChanged') return shares(event, world) ? `${event.to}\nfiles` : undefined
    return event.to
  },
  reconcile(id, world) {
    const [to = '', what, code] = id.split('\n')
    const container = world.get(to) as Container | undefined
    if (what === 'files') return container && spread(container, world)
    if (what === 'exit') {
      if (container?.state !== 'Running' && container?.state !== 'Stopping') return undefined
      return [{ to, type: 'Exited', data: { exitCode: Number(code) }, by: `${to}/1` }]
    }
    return container ? live(container, world) : killed(to, world)
  },
}

function live(container: Container, world: World): readonly Answer[] | undefined {
  const { state, runs } = container
  const by = componentId('containerd', container.node)
  if (state === 'Running') {
    if (runs === 'shell') return begin(container, world, by)
    return fate(container, world, by)
  }
  if (state === 'Stopping') return stop(container, world, by)
  const left = processesOf(container.id, world)
  return left.length > 0
    ? left.map((process) => ({ to: process.id, type: 'Signalled', data: { signal: 'KILL' }, by }))
    : undefined
}

/** Starts the first process of a container that runs something for the shell. */
function begin(container: Container, world: World, by: string): readonly Answer[] | undefined {
  if (processesOf(container.id, world).some((process) => process.pid === 1)) return undefined
  const launch = launchOf(world, container.spec, container.env)
  if (!launch) return [{ to: container.id, type: 'Exited', data: { exitCode: 127 }, by }]
  const problem = startProblem(launch.image, launch.argv, (path) => filesOf(world, container)[path] !== undefined)
  if (problem)
    return [{ to: container.id, type: 'Killed', data: { exitCode: problem.exitCode, reason: 'StartError' }, by }]
  const terminal = container.spec.stdin === true && container.spec.tty === true
  return [
    {
      ...startProcess(`${container.id}/1`, {
        host: container.id,
        pid: 1,
        argv: withoutWrappers(launch.argv),
        tty: terminal,
      }),
      by,
    },
  ]
}

/** The end that waits for a server: one of its own, or the memory limit. */
function fate(container: Container, world: World, by: string): readonly Answer[] | undefined {
  const launch = launchOf(world, container.spec, container.env)
  const server = launch?.server
  if (!launch || !server || container.startedAt === undefined) return undefined
  const end = serverEnd(
    server.daemon,
    () => startOf(world, container, launch.image, server.argv),
    memoryLimit(container),
  )
  if (!end) return undefined
  const age = world.now - container.startedAt
  if (age < end.after) return [{ again: end.after - age }]
  return end.is === 'killed'
    ? [{ to: container.id, type: 'OOMKilled', by, data: { limit: end.limit } }]
    : [{ to: container.id, type: 'Exited', by, data: { exitCode: end.exitCode } }]
}

/** SIGTERM, once the hook has run: a server ends in its time, a process gets the signal. */
function stop(container: Container, world: World, by: string): readonly Answer[] | undefined {
  const { stop: asked } = container
  if (!asked || !machineRuns(world, container.node)) return undefined
  const age = world.now - container.since
  if (age < asked.hook) return [{ again: asked.hook - age }]
  if (container.runs === 'shell') {
    const main = processesOf(container.id, world).find((process) => process.pid === 1)
    if (!main) return [{ to: container.id, type: 'Exited', data: { exitCode: 143 }, by }]
    return age === asked.hook ? [{ to: main.id, type: 'Signalled', data: { signal: 'TERM' }, by }] : undefined
  }
  const daemon = launchOf(world, container.spec, container.env)?.server?.daemon
  if (daemon?.stopMs === undefined) return undefined
  const end = asked.hook + daemon.stopMs
  if (age < end) return [{ again: end - age }]
  return [{ to: container.id, type: 'Exited', data: { exitCode: daemon.stopExit ?? 0 }, by }]
}

/** The processes of a container that is no more. */
function killed(id: string, world: World): readonly Answer[] {
  return processesOf(id, world).map((process) => ({ to: process.id, type: 'Signalled', data: { signal: 'KILL' } }))
}

function processesOf(id: string, world: World): readonly Process[] {
  const owned = world.ownedBy(id)
  return owned.length === 0
    ? []
    : (owned.filter((entity) => entity.kind === 'shell.Process') as unknown as readonly Process[])
}

/** Whether a change of files may concern a volume that other containers see. */
function shares(event: PastEvent, world: World): boolean {
  const container = world.get(event.to) as Container | undefined
  return (container?.spec.volumeMounts?.length ?? 0) > 0 && world.ownedBy(container?.owner ?? '').length > 1
}

/** Lets the other containers of a pod see what one has written to a shared volume. */
function spread(container: Container, world: World): readonly Emission[] | undefined {
  const pod = world.get(container.owner) as ObjectEntity | undefined
  if (!pod) return undefined
  return Object.entries(container.scratch ?? {}).flatMap(([volume, files]) =>
    containersOf(world, pod)
      .filter((other) => other.id !== container.id && other.spec.volumeMounts?.some((mount) => mount.name === volume))
      .flatMap((other) => {
        const theirs = other.scratch?.[volume]
        const changes = Object.fromEntries(Object.entries(files).filter(([path, node]) => theirs?.[path] !== node))
        if (Object.keys(changes).length === 0) return []
        return [{ to: other.id, type: 'VolumeChanged', data: { volume, changes }, by: container.id }]
      }),
  )
}

/** Bytes that a container may use; undefined without a limit. */
export function memoryLimit(container: Container): number | undefined {
  const text = container.spec.resources?.limits?.memory
  if (text === undefined) return undefined
  return parseQuantity(text)?.integer
}
