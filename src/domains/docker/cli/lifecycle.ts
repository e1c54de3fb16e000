import type { Emission, Json } from '../../../kernel/index.ts'
import { signalName } from '../../../shell/machine/signals.ts'
import { type Container, findContainer, hexOf, isAlive } from '../container/container.ts'
import { removeContainer, startContainer, startTime, stopContainer } from '../container/orders.ts'
import type { Ask } from './ask.ts'
import type { Command, CommandFlag, Reply } from './command.ts'
import { attachTo } from './logs.ts'
import { containerOf, eachArgument } from './pick.ts'
import { pick } from './pickDefined.ts'
import { Problem, refused } from './problem.ts'
import { restartPolicy } from './readSpec.ts'
import { bytesOf } from './units.ts'

/** What a command waits for: containers by what they were called, and the exit code so far. */
interface Waiting {
  readonly ids: readonly (readonly [id: string, text: string])[]
  readonly exit: number
  readonly step?: string
}

const SIGNAL: CommandFlag = { name: 'signal', short: 's', type: 'string', says: 'Signal to send to the container' }
const TIMEOUT: CommandFlag = {
  name: 'timeout',
  short: 't',
  type: 'int',
  says: 'Seconds to wait before killing the container',
}
const TIME: CommandFlag = { name: 'time', type: 'int', says: 'Seconds to wait before killing the container' }

/** Finds each argument's container and acts; those that fail are told. */
function gather(ask: Ask, act: (container: Container) => readonly Emission[]): Waiting {
  const ids: [string, string][] = []
  const { exit } = eachArgument(ask, (text) => {
    const container = containerOf(ask, text)
    ask.emit(act(container))
    ids.push([container.id, text])
  })
  return { ids, exit }
}

function tell(ask: Ask, { ids, exit }: Waiting): Reply {
  for (const [, text] of ids) ask.out(`${text}\n`)
  return { exit }
}

function until(ask: Ask, waiting: Waiting, over: (container: Container | undefined) => boolean): Reply {
  if (waiting.ids.every(([id]) => over(ask.world.get(id) as Container | undefined))) return tell(ask, waiting)
  return { wait: { changeOf: ['docker.Container'] }, state: waiting as unknown as Json }
}

function graceOf(ask: Ask): number | undefined {
  const seconds = ask.number('timeout') ?? ask.number('time')
  return seconds === undefined ? undefined : seconds < 0 ? -1 : seconds * 1000
}

function signalOf(ask: Ask): string | undefined {
  const text = ask.text('signal')
  if (text === undefined) return undefined
  const name = signalName(text)
  if (name === undefined) throw refused(`invalid signal: ${text}`)
  return name
}

const ended = (container: Container | undefined): boolean =>
  !container || (!isAlive(container) && container.state !== 'restarting')

/** Models: docker/cli cli/command/container/stop.go */
export const stop: Command = {
  path: 'stop',
  aliases: ['container stop'],
  summary: 'Stop one or more running containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'running',
  flags: [SIGNAL, TIMEOUT, TIME],
  run(ask) {
    const options = pick({ grace: graceOf(ask), signal: signalOf(ask) })
    const waiting = gather(ask, (container) => stopContainer(ask.world, container, options))
    return { wait: { after: 1, changeOf: ['docker.Container'] }, state: waiting as unknown as Json }
  },
  resume: (ask, state) => until(ask, state as unknown as Waiting, ended),
}

/** Models: docker/cli cli/command/container/start.go */
export const start: Command = {
  path: 'start',
  aliases: ['container start'],
  summary: 'Start one or more stopped containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'containers',
  flags: [
    { name: 'attach', short: 'a', says: 'Attach STDOUT/STDERR and forward signals' },
    { name: 'interactive', short: 'i', says: "Attach container's STDIN" },
  ],
  run(ask) {
    const ids: [string, string][] = []
    let ms = 1
    const { exit } = eachArgument(ask, (text) => {
      const container = containerOf(ask, text)
      if (container.state === 'paused') throw refused('cannot start a paused container, try unpause instead')
      if (!isAlive(container)) {
        const checked = startContainer(ask.world, container, { now: true })
        if ('error' in checked) {
          ask.emit(checked.emit)
          throw new Problem(`Error response from daemon: ${checked.error}\nError: failed to start containers: ${text}`)
        }
        ms = Math.max(ms, startTime(ask.world, container))
      }
      ids.push([container.id, text])
    })
    if (ids.length === 0) {
      const missing = ask.args.filter((text) => findContainer(ask.world, ask.engine, text) === undefined)
      if (missing.length > 0) ask.err(`Error: failed to start containers: ${missing.join(', ')}\n`)
      return { exit }
    }
    return { wait: { after: ms }, state: { ids, exit } as unknown as Json }
  },
  resume(ask, state) {
    const waiting = state as unknown as Waiting & { readonly shown?: number }
    if (waiting.shown !== undefined) return attachTo(ask, waiting.ids[0]?.[0] ?? '', waiting.shown)
    const first = ask.world.get(waiting.ids[0]?.[0] ?? '') as Container | undefined
    for (const [id] of waiting.ids) {
      const container = ask.world.get(id) as Container | undefined
      if (container && !isAlive(container)) ask.emit(startContainer(ask.world, container, { now: true }).emit)
    }
    if (first && (ask.flag('attach') || ask.flag('interactive')))
      return {
        wait: { after: 1, changeOf: ['docker.Container'] },
        state: { ...waiting, shown: 0 } as unknown as Json,
        catches: true,
      }
    return tell(ask, waiting)
  },
}

/** Models: docker/cli cli/command/container/restart.go */
export const restart: Command = {
  path: 'restart',
  aliases: ['container restart'],
  summary: 'Restart one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'containers',
  flags: [SIGNAL, TIMEOUT, TIME],
  run(ask) {
    const options = pick({ grace: graceOf(ask), signal: signalOf(ask) })
    const waiting = gather(ask, (container) => stopContainer(ask.world, container, options))
    return {
      wait: { after: 1, changeOf: ['docker.Container'] },
      state: { ...waiting, step: 'stopping' } as unknown as Json,
    }
  },
  resume(ask, state) {
    const waiting = state as unknown as Waiting
    const containers = waiting.ids.flatMap(([id]) => (ask.world.get(id) as Container | undefined) ?? [])
    if (waiting.step === 'stopping') {
      if (!containers.every(ended)) return { wait: { changeOf: ['docker.Container'] }, state }
      const ms = Math.max(1, ...containers.map((container) => startTime(ask.world, container)))
      return { wait: { after: ms }, state: { ...waiting, step: 'starting' } as unknown as Json }
    }
    for (const container of containers) {
      const began = startContainer(ask.world, container, { now: true })
      ask.emit(began.emit)
      if ('error' in began) throw refused(`Cannot restart container ${container.name}: ${began.error}`)
    }
    return tell(ask, waiting)
  },
}

/** Models: docker/cli cli/command/container/kill.go */
export const kill: Command = {
  path: 'kill',
  aliases: ['container kill'],
  summary: 'Kill one or more running containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'running',
  flags: [SIGNAL],
  run(ask) {
    const signal = signalOf(ask) ?? 'KILL'
    const waiting = gather(ask, (container) => {
      if (!isAlive(container))
        throw refused(`cannot kill container: ${container.name}: container ${hexOf(container)} is not running`)
      return signal === 'KILL'
        ? [{ to: container.id, type: 'Killed', data: { exitCode: 137, manual: true } }]
        : [{ to: container.id, type: 'Signalled', data: { signal } }]
    })
    return tell(ask, waiting)
  },
}

/** Models: docker/cli cli/command/container/rm.go */
export const rm: Command = {
  path: 'rm',
  aliases: ['container rm', 'container remove'],
  summary: 'Remove one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'containers',
  flags: [
    { name: 'force', short: 'f', says: 'Force the removal of a running container (uses SIGKILL)' },
    { name: 'link', short: 'l', says: 'Remove the specified link' },
    { name: 'volumes', short: 'v', says: 'Remove anonymous volumes associated with the container' },
  ],
  run(ask) {
    const force = ask.flag('force')
    const ids: [string, string][] = []
    const { exit } = eachArgument(ask, (text) => {
      if (force && findContainer(ask.world, ask.engine, text) === undefined) throw refused(`No such container: ${text}`)
      const container = containerOf(ask, text)
      if (!force && (isAlive(container) || container.state === 'restarting')) {
        const state = container.state === 'stopping' ? 'running' : container.state
        throw refused(
          state === 'paused'
            ? `cannot remove container "${container.name}": container is paused and must be unpaused first`
            : `cannot remove container "${container.name}": container is ${state}: stop the container before removing or force remove`,
        )
      }
      ask.emit(removeContainer(ask.world, container, { volumes: ask.flag('volumes') }))
      ids.push([container.id, text])
    })
    return { wait: { after: 25 }, state: { ids, exit: force ? 0 : exit } as unknown as Json }
  },
  resume: (ask, state) => tell(ask, state as unknown as Waiting),
}

function freezing(name: 'pause' | 'unpause', summary: string): Command {
  return {
    path: name,
    aliases: [`container ${name}`],
    summary,
    usage: 'CONTAINER [CONTAINER...]',
    args: [1, Number.POSITIVE_INFINITY],
    completes: 'running',
    run(ask) {
      const waiting = gather(ask, (container) => {
        if (name === 'pause') {
          if (container.state === 'paused') throw refused(`container ${hexOf(container)} is already paused`)
          if (container.state !== 'running') throw refused(`container ${hexOf(container)} is not running`)
        } else if (container.state !== 'paused') throw refused(`Container ${hexOf(container)} is not paused`)
        return [{ to: container.id, type: name === 'pause' ? 'Paused' : 'Unpaused' }]
      })
      return tell(ask, waiting)
    },
  }
}

export const pause = freezing('pause', 'Pause all processes within one or more containers')
export const unpause = freezing('unpause', 'Unpause all processes within one or more containers')

/** Models: docker/cli cli/command/container/wait.go */
export const wait: Command = {
  path: 'wait',
  aliases: ['container wait'],
  summary: 'Block until one or more containers stop, then print their exit codes',
  usage: 'CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'running',
  run(ask) {
    const waiting = gather(ask, () => [])
    return settle(ask, waiting)
  },
  resume: (ask, state) => settle(ask, state as unknown as Waiting),
}

function settle(ask: Ask, waiting: Waiting): Reply {
  const containers = waiting.ids.map(([id]) => ask.world.get(id) as Container | undefined)
  if (!containers.every(ended)) return { wait: { changeOf: ['docker.Container'] }, state: waiting as unknown as Json }
  for (const container of containers) ask.out(`${container?.ended?.exitCode ?? 0}\n`)
  return { exit: waiting.exit }
}

/** Models: docker/cli cli/command/container/rename.go */
export const rename: Command = {
  path: 'rename',
  aliases: ['container rename'],
  summary: 'Rename a container',
  usage: 'CONTAINER NEW_NAME',
  args: [2, 2],
  completes: 'containers',
  run(ask) {
    const [text = '', name = ''] = ask.args
    const container = containerOf(ask, text)
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      throw refused(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
    if (name === container.name) throw refused('Renaming a container with the same name as its current name')
    const other = findContainer(ask.world, ask.engine, name)
    if (other && other !== 'many' && other.name === name)
      throw refused(
        `Error when allocating new name: Conflict. The container name "/${name}" is already in use by container "${hexOf(other)}". You have to remove (or rename) that container to be able to reuse that name.`,
      )
    ask.emit([{ to: container.id, type: 'Renamed', data: { name } }])
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/container/update.go */
export const update: Command = {
  path: 'update',
  aliases: ['container update'],
  summary: 'Update configuration of one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'containers',
  flags: [
    { name: 'cpus', type: 'decimal', says: 'Number of CPUs' },
    { name: 'cpu-shares', short: 'c', type: 'int', says: 'CPU shares (relative weight)' },
    { name: 'cpuset-cpus', type: 'string', says: 'CPUs in which to allow execution (0-3, 0,1)' },
    { name: 'memory', short: 'm', type: 'bytes', says: 'Memory limit' },
    { name: 'memory-reservation', type: 'bytes', says: 'Memory soft limit' },
    { name: 'memory-swap', type: 'bytes', says: 'Swap limit equal to memory plus swap: -1 to enable unlimited swap' },
    { name: 'pids-limit', type: 'int', says: 'Tune container pids limit (set -1 for unlimited)' },
    { name: 'restart', type: 'string', says: 'Restart policy to apply when a container exits' },
  ],
  run(ask) {
    const [name, max] = (ask.text('restart') ?? '').split(':')
    const changes = pick({
      cpuMilli: ask.has('cpus') ? Math.round(Number(ask.text('cpus')) * 1000) : undefined,
      cpuShares: ask.number('cpu-shares'),
      memory: ask.has('memory') ? bytesOf(ask.text('memory') ?? '') : undefined,
      memoryReservation: ask.has('memory-reservation') ? bytesOf(ask.text('memory-reservation') ?? '') : undefined,
      pidsLimit: ask.number('pids-limit'),
      restart: name ? restartPolicy(name, Number(max ?? 0)) : undefined,
    })
    return tell(
      ask,
      gather(ask, (container) => [
        { to: container.id, type: 'Updated', data: { spec: { ...container.spec, ...changes } } },
      ]),
    )
  },
}
