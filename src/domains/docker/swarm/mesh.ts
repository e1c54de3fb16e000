import type { Emission, World } from '../../../kernel/index.ts'
import { type Container, isAlive } from '../container/container.ts'
import { type Engine, engineOf, LOCAL } from '../engine/engine.ts'
import { swarmId } from './identity.ts'
import { nodeOfEngine, nodesOf } from './node.ts'
import { type Service, servicesOf } from './service.ts'
import { swarmOf } from './swarm.ts'
import { type Task, taskName, tasksOfService } from './task.ts'

/** Where the swarm leads a connection: one of a service's tasks, or nobody. */
export type MeshAim =
  | {
      readonly is: 'container'
      readonly container: Container
      readonly port: number
      readonly ip: string
      /** Every task that may get it, for rates. */
      readonly all: readonly Container[]
      readonly emit: readonly Emission[]
    }
  | {
      readonly is: 'nobody'
      readonly why: 'refused' | 'unreachable' | 'unknown host'
      readonly ip: string | undefined
      readonly says: string
    }

/** Containers of a service's tasks that run, in the order in which they came. */
export function backends(world: World, service: Service): readonly Container[] {
  return tasksOfService(world, service.id).flatMap((task) => {
    const container = containerOf(world, task)
    return task.state === 'running' && container && isAlive(container) ? [container] : []
  })
}

function containerOf(world: World, task: Task): Container | undefined {
  return task.container === undefined ? undefined : (world.get(task.container) as Container | undefined)
}

/**
 * The routing mesh and the names of overlay networks: a published port answers on every node, a service's name leads to its tasks in turn.
 * Undefined for what is none of the swarm's. Models: moby libnetwork service_linux.go (IPVS) and resolver
 */
export function meshAim(world: World, from: string, host: string, port: number): MeshAim | undefined {
  if (!swarmOf(world)) return undefined
  const sender = world.get(from)
  return sender?.kind === 'docker.Container'
    ? fromTask(world, sender as Container, host, port)
    : machine(world, host, port)
}

/** The engine of a machine that an address or a name means. */
export function machineNamed(world: World, host: string): Engine | undefined {
  if (host === 'localhost' || host.startsWith('127.') || host === '0.0.0.0' || host === '::1')
    return engineOf(world, LOCAL)
  for (const engine of world.all('docker.Engine') as Iterable<Engine>)
    if (engine.ip === host || (engine.id !== LOCAL && engine.host === host) || engine.hostname === host) return engine
  const node = nodesOf(world).find(({ hostname, address }) => hostname === host || address === host)
  return node && engineOf(world, node.engine)
}

function machine(world: World, host: string, port: number): MeshAim | undefined {
  const engine = machineNamed(world, host)
  const local = engine?.id === LOCAL
  if (!engine || (!nodeOfEngine(world, engine.id) && local)) return undefined
  const ip = host.startsWith('127.') || local ? (local ? '127.0.0.1' : engine.ip) : engine.ip
  if (engine.state !== 'Running')
    return {
      is: 'nobody',
      why: 'refused',
      ip,
      says: `Nothing on ${host} listens on port ${port}: its engine does not run.`,
    }
  if (!nodeOfEngine(world, engine.id)) return refusal(ip, host, port)
  for (const service of servicesOf(world)) {
    const published = service.ports.find(
      (one) => one.mode === 'ingress' && one.published === port && one.protocol === 'tcp',
    )
    if (published) return balance(world, service, published.target, ip)
  }
  if (local) return undefined
  for (const container of world.all('docker.Container') as Iterable<Container>) {
    if (container.engine !== engine.id || !isAlive(container)) continue
    const mapping = container.ports.find((one) => one.host === port && one.protocol === 'tcp')
    if (mapping) return { is: 'container', container, port: mapping.container, ip, all: [container], emit: [] }
  }
  return refusal(ip, host, port)
}

function refusal(ip: string, host: string, port: number): MeshAim {
  return { is: 'nobody', why: 'refused', ip, says: `Nothing on ${host} listens on port ${port}.` }
}

/** The next of a service's tasks in turn. */
function balance(world: World, service: Service, port: number, ip: string): MeshAim {
  const all = backends(world, service)
  const container = all[service.turns % Math.max(1, all.length)]
  if (!container)
    return {
      is: 'nobody',
      why: 'refused',
      ip,
      says: `No task of ${service.spec.name} runs: the routing mesh has nowhere to lead it.`,
    }
  return { is: 'container', container, port, ip, all, emit: [{ to: service.id, type: 'Balanced' }] }
}

function fromTask(world: World, self: Container, host: string, port: number): MeshAim | undefined {
  const networks = self.endpoints.map(({ network }) => network)
  for (const service of servicesOf(world)) {
    for (const { name: network, aliases } of service.spec.task.networks) {
      if (!networks.includes(network)) continue
      const names = [service.spec.name, ...(aliases ?? [])]
      const vip = service.vips[network]
      if (vip !== undefined && (host === vip || names.includes(host))) return balance(world, service, port, vip)
      if (names.includes(host) || host === `tasks.${service.spec.name}`) {
        const found = balance(world, service, port, '')
        return found.is === 'container' ? { ...found, ip: ipIn(found.container, network) ?? '' } : found
      }
      for (const task of tasksOfService(world, service.id)) {
        const container = containerOf(world, task)
        if (!container || !isAlive(container)) continue
        const ip = ipIn(container, network)
        if (ip !== undefined && (host === ip || host === `${taskName(world, task)}.${swarmId(task)}`))
          return { is: 'container', container, port, ip, all: [container], emit: [] }
      }
    }
  }
  if (!nodesOf(world).some(({ hostname, address }) => hostname === host || address === host)) return undefined
  return machine(world, host, port)
}

function ipIn(container: Container, network: string): string | undefined {
  return container.endpoints.find((endpoint) => endpoint.network === network)?.ip
}
