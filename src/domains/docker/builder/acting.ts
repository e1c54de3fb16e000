import type { Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { contextNow, contextsOf, hostOfContext } from '../cli/contexts.ts'
import { Problem } from '../cli/problem.ts'
import { containerNamed, isAlive } from '../container/container.ts'
import { removeContainer, stopContainer } from '../container/orders.ts'
import { volumeId } from '../volume/volume.ts'
import { type Builder, builderNamed, buildersOn } from './builder.ts'
import { builderMeant, useBuilder } from './current.ts'
import { containerOfNode, engineOfNode, runningNode, statusOfNode } from './node.ts'

/** `docker buildx use`, `stop` and `rm`. Models: buildx commands/use.go, stop.go, rm.go */
export const builderActs: readonly Command[] = [
  {
    path: 'buildx use',
    summary: 'Set the current builder instance',
    usage: '[OPTIONS] NAME',
    args: [1, 1],
    flags: [
      { name: 'default', says: 'Set builder as default for current context' },
      { name: 'global', says: 'Builder persists context changes' },
    ],
    run(ask) {
      const [name = ''] = ask.args
      const now = contextNow(ask.call)
      const endpoint = hostOfContext(ask.call, now) ?? ''
      if (builderNamed(ask.world, ask.engine, name)) useBuilder(ask, name, endpoint)
      else if (name === now) useBuilder(ask, '', endpoint)
      else if (name === 'default')
        throw new Problem('ERROR: run `docker context use default` to switch to default context')
      else if (contextsOf(ask.call).some(({ Name }) => Name === name))
        throw new Problem(`ERROR: run \`docker context use ${name}\` to switch to context ${name}`)
      else
        throw new Problem(
          `ERROR: failed to find instance ${JSON.stringify(name)}: no builder ${JSON.stringify(name)} found`,
        )
      return { exit: 0 }
    },
  },
  {
    path: 'buildx stop',
    summary: 'Stop builder instance',
    usage: '[OPTIONS] [NAME]',
    args: [0, 1],
    flags: [{ name: 'builder', type: 'string', says: 'Override the configured builder instance' }],
    run: stopping,
    resume: stopping,
  },
  {
    path: 'buildx rm',
    summary: 'Remove one or more builder instances',
    usage: '[OPTIONS] [NAME...]',
    flags: [
      { name: 'all-inactive', says: 'Remove all inactive builders' },
      { name: 'builder', type: 'string', says: 'Override the configured builder instance' },
      { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
      { name: 'keep-daemon', says: 'Keep the BuildKit daemon running' },
      { name: 'keep-state', says: 'Keep BuildKit state' },
      { name: 'timeout', type: 'duration', says: 'Override the default timeout for loading builder status' },
    ],
    run: removing,
    resume: removing,
  },
]

/** Stops the containers of a builder's nodes, and waits until they have ended. */
function stopping(ask: Ask): Reply {
  const alive = (builderMeant(ask)?.nodes ?? []).flatMap((node) => {
    const container = runningNode(ask, node)
    return container && isAlive(container) ? [container] : []
  })
  if (alive.length === 0) return { exit: 0 }
  for (const container of alive) if (container.state !== 'stopping') ask.emit(stopContainer(ask.world, container))
  return { wait: { changeOf: ['docker.Container'] }, state: null as Json }
}

function removing(ask: Ask): Reply {
  if (ask.flag('all-inactive')) return removingInactive(ask)
  let exit = 0
  for (const name of ask.args.length > 0 ? ask.args : [undefined])
    try {
      const builder = builderMeant(ask, name ?? ask.text('builder'))
      if (!builder) {
        const own = contextNow(ask.call)
        throw new Problem(
          `ERROR: context builder cannot be removed, run \`docker context rm ${own}\` to remove this context`,
        )
      }
      remove(ask, builder)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      ask.err(`${problem.message.replace(/^ERROR: no builder/, 'ERROR: failed to remove: no builder')}\n`)
      exit = 1
    }
  return { exit }
}

function removingInactive(ask: Ask): Reply {
  if (ask.call.why !== 'input' && !ask.flag('force') && ask.call.interactive) {
    ask.out(
      'WARNING! This will remove all builders that are not in running state. Are you sure you want to continue? [y/N] ',
    )
    return { wait: { input: true }, state: null as Json }
  }
  if (ask.call.why === 'input' && !/^y(?:es)?$/i.test((ask.call.input ?? '').trim()))
    throw new Problem('ERROR: canceled')
  for (const builder of buildersOn(ask.world, ask.engine))
    if (!builder.nodes.some((node) => statusOfNode(ask, node) === 'running')) remove(ask, builder)
  return { exit: 0 }
}

/** Removes a builder with the containers and the state of its nodes, unless they are to be kept. */
function remove(ask: Ask, builder: Builder): void {
  for (const node of builder.nodes) {
    const engine = engineOfNode(ask, node)
    if (engine === undefined || ask.flag('keep-daemon')) continue
    const name = containerOfNode(node)
    const container = containerNamed(ask.world, engine, name)
    if (container) ask.emit(removeContainer(ask.world, container))
    const volume = volumeId(engine, `${name}_state`)
    if (container && !ask.flag('keep-state') && ask.world.get(volume))
      ask.emit([{ to: volume, type: 'Removed', by: engine }])
  }
  ask.emit([{ to: builder.id, type: 'Removed' }])
  ask.err(`${builder.name} removed\n`)
}
