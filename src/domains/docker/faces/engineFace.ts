import type { Face, Meter, World } from '../../../kernel/index.ts'
import { containersOn, isAlive } from '../container/container.ts'
import { idleUse } from '../container/serving.ts'
import { type Engine, LOCAL } from '../engine/engine.ts'
import { nodeOfEngine } from '../swarm/node.ts'

/** An engine: a machine as a box with two meters and what it runs. */
export const engineFace: Face<Engine> = {
  label: 'Docker engine',
  plural: 'Docker engines',
  pictogram: 'instance',
  shape: 'host',
  // One that is in a swarm is told on its node, one of a cloud's instance on the instance; machines of the lab are drawn themselves.
  within: (engine, world) =>
    nodeOfEngine(world, engine.id) ? null : engine.id === LOCAL || engine.standalone ? undefined : null,
  look(engine, world) {
    const containers = containersOn(world, engine.id)
    const alive = containers.filter(isAlive).length
    return {
      title: engine.id === LOCAL ? 'workstation' : engine.host,
      note: 'Docker 29.1.3',
      tone: engine.state === 'Running' ? 'ok' : 'err',
      word: engine.state,
      meters: meters(engine, world),
      free: `${alive} of ${containers.length} ${containers.length === 1 ? 'container runs' : 'containers run'}`,
      facts: [
        ['address', engine.ip],
        ['containers', `${alive} of ${containers.length}`],
      ],
    }
  },
  actions: (engine) => [
    ...(engine.id === LOCAL
      ? [{ id: 'prune', label: 'Remove what is unused', line: 'docker system prune -f', sort: 'danger' as const }]
      : []),
    engine.state === 'Running'
      ? {
          id: 'stop',
          label: 'Stop the daemon',
          line: `lab engine stop${engine.id === LOCAL ? '' : ` ${engine.host}`}`,
          sort: 'fault',
        }
      : {
          id: 'start',
          label: 'Start the daemon',
          line: `lab engine start${engine.id === LOCAL ? '' : ` ${engine.host}`}`,
        },
  ],
  marks: { DaemonStopped: 'fault', DaemonStarted: 'state' },
}

/** CPU and memory: what limits promise, and what is in use without any request. */
function meters(engine: Engine, world: World): readonly Meter[] {
  let [milli, bytes, promisedMilli, promisedBytes] = [0, 0, 0, 0]
  for (const container of containersOn(world, engine.id)) {
    if (!isAlive(container)) continue
    const use = idleUse(world, container)
    milli += use.milli
    bytes += use.bytes
    promisedMilli += container.spec.cpuMilli ?? 0
    promisedBytes += container.spec.memory ?? 0
  }
  const gi = 1024 ** 3
  return [
    {
      label: 'CPU',
      requested: promisedMilli,
      used: milli,
      of: engine.cpuMilli,
      text: `${(milli / 1000).toFixed(2)} of ${engine.cpuMilli / 1000}`,
    },
    {
      label: 'Mem',
      requested: promisedBytes,
      used: bytes,
      of: engine.memory,
      text: `${(bytes / gi).toFixed(2)} of ${(engine.memory / gi).toFixed(1)} Gi`,
    },
  ]
}
