import type { Json } from '../../../kernel/index.ts'
import { parseReference, withoutWrappers } from '../../containerd/index.ts'
import { type Container, containerNamed, hexOf, isAlive } from '../container/container.ts'
import { launchOf } from '../container/launch.ts'
import { logsOf } from '../container/logs.ts'
import { createContainer, startContainer, startTime } from '../container/orders.ts'
import { prepare } from '../engine/prepare.ts'
import { familiar, findLocalImage } from '../image/index.ts'
import { fetching } from '../registry/fetching.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { randomName } from './names.ts'
import { Problem } from './problem.ts'
import { readSpec } from './readSpec.ts'
import { CREATE_FLAGS, RUN_FLAGS } from './runFlags.ts'

/** Where a run is: what it waits for, and how many lines it has shown. */
interface Running {
  readonly step: 'pulled' | 'created' | 'starting' | 'following' | 'child'
  readonly last?: string
  readonly name?: string
  readonly id?: string
  readonly shown?: number
  readonly interrupts?: number
}

/** Models: docker/cli cli/command/container/run.go */
export const run: Command = {
  path: 'run',
  aliases: ['container run'],
  summary: 'Create and run a new container from an image',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  flags: RUN_FLAGS,
  args: [1, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  completes: 'images',
  run: (ask) => wrapped(ask, () => begin(ask)),
  resume: (ask, state) => wrapped(ask, () => goOn(ask, state as unknown as Running)),
}

/** Models: docker/cli cli/command/container/create.go */
export const create: Command = {
  path: 'create',
  aliases: ['container create'],
  summary: 'Create a new container',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  flags: CREATE_FLAGS,
  args: [1, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  completes: 'images',
  run: (ask) => begin(ask),
  resume: (ask, state) => goOn(ask, state as unknown as Running),
}

/** What the engine refuses is told as `docker run` does, with exit code 125. */
function wrapped(ask: Ask, act: () => Reply): Reply {
  try {
    return act()
  } catch (problem) {
    if (!(problem instanceof Problem) || !problem.message.startsWith('Error response')) throw problem
    ask.err(`docker: ${problem.message}\n\nRun 'docker run --help' for more information\n`)
    return { exit: problem.exit === 1 ? 125 : problem.exit }
  }
}

function begin(ask: Ask): Reply {
  const spec = readSpec(ask)
  const wanted = ask.text('pull') ?? 'missing'
  const { world, engine } = ask
  const reference = parseReference(spec.image)
  if (!reference && !findLocalImage(world, engine, spec.image)) {
    const upper = /[A-Z]/.test(spec.image)
    throw new Problem(
      `docker: invalid reference format${upper ? `: repository name (${spec.image.replace(/:[^:/]*$/, '')}) must be lowercase` : ''}\n\nRun 'docker run --help' for more information`,
      125,
    )
  }
  const present = findLocalImage(world, engine, spec.image)
  if (present && wanted !== 'always') return make(ask)
  const name = reference ? familiar(reference) : spec.image
  if (wanted === 'never') throw new Problem(`Error response from daemon: No such image: ${name}`, 125)
  if (!present && !ask.flag('quiet')) ask.err(`Unable to find image '${name}' locally\n`)
  const pull = fetching(world, engine, spec.image)
  if ('error' in pull) throw new Problem(`Error response from daemon: ${pull.error}`, 125)
  if (!ask.flag('quiet')) ask.err(pull.first)
  const last = ask.flag('quiet') ? '' : pull.last
  return { wait: { after: pull.ms }, state: { step: 'pulled', last } }
}

function goOn(ask: Ask, state: Running): Reply {
  if (state.step === 'pulled') {
    ask.err(state.last ?? '')
    const pull = fetching(ask.world, ask.engine, readSpec(ask).image)
    if ('error' in pull) throw new Problem(`Error response from daemon: ${pull.error}`, 125)
    ask.emit(pull.emit)
    return { wait: { after: 1 }, state: { step: 'created' } }
  }
  if (state.step === 'created') return state.id === undefined ? make(ask) : start(ask, state)
  if (state.step === 'starting') return started(ask, state)
  if (state.step === 'child') return childEnded(ask, state)
  return follow(ask, state)
}

/** Creates the container; `docker create` ends here. */
function make(ask: Ask): Reply {
  const { world, engine } = ask
  const asked = readSpec(ask)
  const name = ask.text('name') ?? randomName(world, engine)
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    throw new Problem(
      `Error response from daemon: Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
      125,
    )
  const image = findLocalImage(world, engine, asked.image)
  if (!image) throw new Problem(`Error response from daemon: No such image: ${asked.image}`, 125)
  const other = containerNamed(world, engine, name)
  if (other)
    throw new Problem(
      `Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${hexOf(other)}". You have to remove (or rename) that container to be able to reuse that name.`,
      125,
    )
  for (const mount of asked.mounts ?? [])
    if (
      mount.type === 'bind' &&
      ask.has('mount') &&
      !ask.call.files.exists(mount.source ?? '') &&
      ask.all('volume').length === 0
    )
      throw new Problem(
        `Error response from daemon: invalid mount config for type "bind": bind source path does not exist: ${mount.source}`,
        125,
      )
  const { spec, emit } = prepare(world, engine, asked, image, { noHealth: ask.flag('no-healthcheck') })
  ask.emit(emit)
  const ordered = createContainer(world, { engine, name, spec, imageId: image.id })
  if ('error' in ordered) throw new Problem(`Error response from daemon: ${ordered.error}`, 125)
  ask.emit(ordered.emit)
  return { wait: { after: 1 }, state: { step: 'created', id: ordered.id, name } }
}

function start(ask: Ask, state: Running): Reply {
  const container = ask.world.get(state.id ?? '') as Container
  if (ask.command === create) {
    ask.out(`${hexOf(container)}\n`)
    return { exit: 0 }
  }
  const checked = startContainer(ask.world, container, { now: true })
  if ('error' in checked) {
    ask.emit(checked.emit)
    if (ask.flag('rm')) ask.emit([{ to: container.id, type: 'RemovalRequested' }])
    if (ask.flag('detach')) ask.out(`${hexOf(container)}\n`)
    throw new Problem(`Error response from daemon: ${checked.error}`, checked.exitCode)
  }
  return { wait: { after: startTime(ask.world, container) }, state: { ...state, step: 'starting' } as Json }
}

/** Starts the process: in the background, as a process of this terminal's, or followed by its log. */
function started(ask: Ask, state: Running): Reply {
  const container = ask.world.get(state.id ?? '') as Container
  const attached = !ask.flag('detach')
  const began = startContainer(ask.world, container, { now: true, attached })
  ask.emit(began.emit)
  if ('error' in began) throw new Problem(`Error response from daemon: ${began.error}`, began.exitCode)
  if (!attached) {
    ask.out(`${hexOf(container)}\n`)
    return { exit: 0 }
  }
  return {
    wait: { after: 1, changeOf: ['docker.Container'] },
    state: { ...state, step: 'following', shown: 0 } as Json,
    catches: true,
  }
}

function follow(ask: Ask, state: Running): Reply {
  const container = ask.world.get(state.id ?? '') as Container | undefined
  if (!container) return { exit: 0 }
  if (container.runs === 'shell' && container.attached && isAlive(container) && state.shown === 0)
    return enter(ask, container, state)
  const lines = logsOf(ask.world, container)
  const fresh = lines.slice(state.shown ?? 0)
  for (const { stream, text } of fresh) stream === 'stdout' ? ask.out(`${text}\n`) : ask.err(`${text}\n`)
  if (!isAlive(container)) return { exit: container.ended?.exitCode ?? 0 }
  if (ask.call.why === 'signal') {
    if ((state.interrupts ?? 0) >= 1) return { exit: 137 }
    ask.emit([{ to: container.id, type: 'Signalled', data: { signal: ask.call.signal ?? 'INT' } }])
    return wait({ ...state, shown: lines.length, interrupts: (state.interrupts ?? 0) + 1 })
  }
  return wait({ ...state, shown: lines.length })
}

function wait(state: Running): Reply {
  return {
    wait: { changeOf: ['docker.Container'] },
    state: { ...state, step: 'following' } as unknown as Json,
    catches: true,
  }
}

/** Runs the first process of a container as a process of this terminal's. */
function enter(ask: Ask, container: Container, state: Running): Reply {
  const { call } = ask
  const tty = ask.flag('tty') && call.interactive
  const stdin = ask.flag('interactive') && !tty ? (call.stdin ?? '') : undefined
  const argv = withoutWrappers(launchOf(ask.world, container)?.argv ?? [])
  return {
    wait: {
      child: {
        host: container.id,
        argv,
        tty: tty && ask.flag('interactive'),
        ...(stdin === undefined ? {} : { stdin }),
      },
    },
    state: { ...state, step: 'child' } as Json,
  }
}

function childEnded(ask: Ask, _state: Running): Reply {
  return { exit: ask.call.child?.exitCode ?? 0 }
}
