import type { Answer, Controller, World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import type { Engine } from '../engine/engine.ts'
import { type Volume, volumeId } from '../volume/volume.ts'
import { type Container, containersOn, isAlive } from './container.ts'
import { sortChanges } from './files.ts'
import { type RestartQuestion, restartRule } from './restart.rule.ts'

/**
 * What an engine does by itself about its containers: starts them again as their policy says, removes those that were to be removed at
 * their end, lets volumes and bind mounts take what they wrote, and loses or regains all of them with its own process.
 * Models: moby daemon/monitor.go handleContainerExit and daemon/daemon.go restore
 */
export const afterlifeController: Controller = {
  name: 'docker.engine',
  watches: {
    'docker.Container': [
      'Exited',
      'OOMKilled',
      'Killed',
      'after.grace',
      'StopRequested',
      'FilesChanged',
      'RemovalRequested',
    ],
    'docker.Engine': ['DaemonStopped', 'DaemonStarted', 'Removed'],
  },
  wakes(event, world) {
    if (event.kind === 'docker.Engine') return `${event.to}\n${event.type}`
    if (event.type === 'FilesChanged')
      return (world.get(event.to) as Container | undefined)?.spec.mounts?.length
        ? `${event.to}\nfiles\n${event.id}`
        : undefined
    if (event.type === 'RemovalRequested')
      return (event.data as { volumes?: boolean } | undefined)?.volumes ? `${event.to}\nvolumes` : undefined
    if (event.into !== 'exited') return undefined
    const spec = (world.get(event.to) as Container | undefined)?.spec
    return spec?.autoRemove || (spec?.restart && spec.restart.name !== 'no') ? event.to : undefined
  },
  reconcile(id, world) {
    const [to = '', what, more] = id.split('\n')
    if (what === 'DaemonStopped' || what === 'Removed') return downWith(to, world, what === 'Removed')
    if (what === 'DaemonStarted') return regain(to, world)
    const container = world.get(to) as Container | undefined
    if (!container) return undefined
    if (what === 'files') {
      const event = eventOf(world, Number(more))
      return event && sortChanges(container, event).beyond
    }
    if (what === 'volumes') return anonymousVolumes(world, container)
    return container.state === 'exited' ? afterEnd(container, world) : undefined
  },
}

function afterEnd(container: Container, world: World): readonly Answer[] | undefined {
  const { spec, id: to, ended, restarts, backOff, engine } = container
  if (world.get(engine)?.state !== 'Running') return undefined
  const policy = spec.restart
  if (policy && policy.name !== 'no' && ended) {
    const question: RestartQuestion = {
      policy,
      exitCode: ended.exitCode,
      manual: container.manual === true,
      restarts,
      ran: ended.finishedAt - ended.startedAt,
      backOff,
    }
    const verdict = world.decide(restartRule, question)
    const inputs = { policy: policy.name, exitCode: ended.exitCode, restarts }
    if (verdict.restart)
      return [{ to, type: 'RestartDelayed', data: { wait: verdict.wait }, by: engine, rule: restartRule.id, inputs }]
    if (!spec.autoRemove)
      return [{ to, decline: `It is left as it is: ${verdict.why}.`, by: engine, rule: restartRule.id, inputs }]
  }
  return spec.autoRemove ? [{ to, type: 'RemovalRequested', data: { volumes: true }, by: engine }] : undefined
}

function downWith(engine: string, world: World, gone: boolean): readonly Answer[] {
  return containersOn(world, engine).flatMap((container): Answer[] => {
    const killed =
      isAlive(container) || container.state === 'restarting' ? [{ to: container.id, type: 'Killed', by: engine }] : []
    return gone ? [...killed, { to: container.id, type: 'RemovalRequested', by: engine }] : killed
  })
}

/** Containers that the daemon starts when it starts itself. */
function regain(id: string, world: World): readonly Answer[] {
  const engine = world.get(id) as Engine | undefined
  if (engine?.state !== 'Running') return []
  return containersOn(world, id).flatMap(({ id: to, state, spec, manual }) => {
    const policy = spec.restart?.name ?? 'no'
    const wanted = policy === 'always' || (policy !== 'no' && !manual)
    return state === 'exited' && wanted ? [{ to, type: 'Started', by: id }] : []
  })
}

function anonymousVolumes(world: World, container: Container): readonly Answer[] {
  return (container.spec.mounts ?? []).flatMap(({ type, source }) => {
    if (type !== 'volume' || source === undefined) return []
    const volume = world.get(volumeId(container.engine, source)) as Volume | undefined
    return volume?.anonymous ? [{ to: volume.id, type: 'Removed', by: container.engine }] : []
  })
}

/** The changes of a `FilesChanged` event. */
function eventOf(world: World, id: number): FileChanges | undefined {
  return (world.journal.byId(id)?.data as { changes: FileChanges } | undefined)?.changes
}
