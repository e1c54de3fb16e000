import type { Emission, World } from '../../../kernel/index.ts'
import { type Engine, installEngine, LOCAL } from '../engine/engine.ts'
import { freeNodeId, hostnameOfEngine, type Role, type SwarmNode } from './node.ts'
import { createOverlay } from './overlay.ts'
import { newSwarm, SWARM, type Swarm } from './swarm.ts'

/** The event by which a machine becomes a node; `address` is what it tells others. */
export function joining(world: World, engine: Engine, role: Role, options: Partial<SwarmNode> = {}): Emission {
  return {
    to: freeNodeId(world, engine.host),
    kind: 'docker.Node',
    type: 'Created',
    data: {
      engine: engine.id,
      hostname: hostnameOfEngine(engine),
      role,
      availability: 'active',
      labels: {},
      address: engine.ip,
      joinedAt: world.now,
      updatedAt: world.now,
      ...options,
    },
  }
}

/** The events by which a machine becomes the first manager of a new swarm, with the network of the routing mesh. */
export function beginning(
  world: World,
  engine: Engine,
  settings: Partial<Swarm>,
  options: Partial<SwarmNode>,
): readonly Emission[] {
  const node = joining(world, engine, 'manager', options)
  const swarm = { ...newSwarm(world.now, node.to), ...settings }
  return [
    node,
    { to: SWARM, kind: 'docker.Swarm', type: 'Created', data: swarm },
    createOverlay(world, swarm, 'ingress', { ingress: true }),
  ]
}

/** Everything of the swarm that goes with its last manager. */
export function dissolution(world: World): readonly Emission[] {
  const gone = (kind: string): readonly Emission[] =>
    [...world.all(kind)].map(({ id }) => ({ to: id, type: 'Removed' }))
  const tasks = [...world.all('docker.Task')].flatMap(({ id, state }): readonly Emission[] =>
    ['starting', 'running'].includes(state)
      ? [
          { to: id, type: 'ShutDown' },
          { to: id, type: 'Removed', data: {} },
        ]
      : [{ to: id, type: 'Removed', data: {} }],
  )
  const networks = [...world.all('docker.Network')].flatMap(({ id, owner }) =>
    owner === SWARM ? [{ to: id, type: 'Removed' }] : [],
  )
  return [
    ...tasks,
    ...gone('docker.Service'),
    ...gone('docker.Secret'),
    ...gone('docker.Config'),
    ...networks,
    ...gone('docker.Node'),
    { to: SWARM, type: 'Dissolved' },
  ]
}

/** What a machine of the lab has unless told otherwise. */
export const MACHINE = { cpuMilli: 2000, memory: 4_109_017_088 } as const

/** The event that brings a machine with an engine, with the next free address. */
export function machine(
  world: World,
  host: string,
  place: number,
  size: { readonly cpuMilli: number; readonly memory: number } = MACHINE,
): Emission {
  const used = [...world.all('docker.Engine')].filter(({ id }) => id !== LOCAL).length
  return installEngine({ host, ...size, standalone: true, ip: `198.18.0.${10 + used + place}` })
}
