import type { Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { isAlive } from '../container/container.ts'
import { removeContainer, stopContainer } from '../container/orders.ts'
import { findLocalImage, removeImage } from '../image/index.ts'
import { networksOn } from '../network/network.ts'
import { volumesOn } from '../volume/volume.ts'
import { containersOf } from './containers.ts'
import { globalsOf, projectOf } from './globals.ts'
import { type Progress, tellProgress } from './progress.ts'
import { fullName, type Project } from './project.ts'
import { imageName } from './serviceSpec.ts'

interface Downing {
  readonly step: 'stopping' | 'removing'
  readonly began: number
  readonly done: readonly Progress[]
}

/** Models: docker/compose pkg/compose/down.go */
export const down: Command = {
  path: 'compose down',
  summary: 'Stop and remove containers, networks',
  usage: '[OPTIONS] [SERVICES]',
  flags: [
    { name: 'remove-orphans', says: 'Remove containers for services not defined in the Compose file' },
    {
      name: 'rmi',
      type: 'string',
      says: 'Remove images used by services. "local" remove only images that don\'t have a custom tag ("local"|"all")',
    },
    { name: 'timeout', short: 't', type: 'int', says: 'Specify a shutdown timeout in seconds' },
    {
      name: 'volumes',
      short: 'v',
      says: 'Remove named volumes declared in the "volumes" section of the Compose file and anonymous volumes attached to containers',
    },
  ],
  run(ask) {
    const name = nameOf(ask)
    const seconds = ask.number('timeout')
    for (const container of containersOf(ask.world, ask.engine, name))
      ask.emit(stopContainer(ask.world, container, seconds === undefined ? {} : { grace: seconds * 1000 }))
    return wait({ step: 'stopping', began: ask.world.now, done: [] }, 1)
  },
  resume: (ask, state) => goOn(ask, state as unknown as Downing),
}

function wait(state: Downing, after?: number): Reply {
  return {
    wait: { changeOf: ['docker.Container'], ...(after === undefined ? {} : { after }) },
    state: state as unknown as Json,
  }
}

/** Name of the project, also where no file is but `-p` says it. */
function nameOf(ask: Ask): string {
  return tryProject(ask)?.name ?? (globalsOf(ask.call).name as string)
}

function tryProject(ask: Ask): Project | undefined {
  try {
    return projectOf(ask)
  } catch (problem) {
    if (
      problem instanceof Problem &&
      problem.message.startsWith('no configuration file') &&
      globalsOf(ask.call).name !== undefined
    )
      return undefined
    throw problem
  }
}

function goOn(ask: Ask, state: Downing): Reply {
  const { world, engine } = ask
  const name = nameOf(ask)
  const containers = containersOf(world, engine, name)
  if (state.step === 'stopping') {
    if (containers.some((one) => isAlive(one))) return wait(state)
    for (const container of containers) ask.emit(removeContainer(world, container, { volumes: ask.flag('volumes') }))
    const ms = world.now - state.began
    const done = containers.map((one): Progress => ({ what: `Container ${one.name}`, did: 'Removed', ms }))
    return wait({ ...state, step: 'removing', done }, 30)
  }
  const done = [...state.done]
  const project = tryProject(ask)
  if (ask.flag('volumes'))
    for (const volume of volumesOn(world, engine)) {
      if (volume.labels?.['com.docker.compose.project'] !== name) continue
      ask.emit([{ to: volume.id, type: 'Removed' }])
      done.push({ what: `Volume ${volume.name}`, did: 'Removed', ms: 10 })
    }
  for (const network of networksOn(world, engine)) {
    if (network.labels?.['com.docker.compose.project'] !== name) continue
    ask.emit([{ to: network.id, type: 'Removed' }])
    done.push({ what: `Network ${network.name}`, did: 'Removed', ms: 100 })
  }
  if (project && ask.has('rmi'))
    for (const service of Object.keys(project.services)) {
      const image = findLocalImage(world, engine, imageName(project, service))
      const own = project.services[service]?.image !== undefined
      if (!image || (ask.text('rmi') === 'local' && own)) continue
      ask.emit([removeImage(image)])
      done.push({ what: `Image ${imageName(project, service)}`, did: 'Removed', ms: 20 })
    }
  if (done.length === 0 && project)
    for (const key of ['default'])
      ask.err(
        `Warning: No resource found to remove for project "${fullName({ ...project }, key, undefined).replace(/_default$/, '')}".\n`,
      )
  tellProgress(ask, done)
  return { exit: 0 }
}
