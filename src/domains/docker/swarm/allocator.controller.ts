import { type Controller, stable } from '../../../kernel/index.ts'
import { freeOverlayAddress, networksOfService, publication } from './allocate.ts'
import type { Service } from './service.ts'
import { swarmOf } from './swarm.ts'
import type { Task } from './task.ts'

/**
 * Gives services their virtual addresses and ports, and tasks their addresses.
 * Models: swarmkit manager/allocator
 */
export const allocatorController: Controller = {
  name: 'docker.swarm.allocator',
  watches: {
    'docker.Service': ['Created', 'SpecChanged', 'RollbackStarted'],
    'docker.Task': ['Created'],
    'docker.Swarm': ['Elected'],
  },
  wakes(event, world) {
    if (event.kind !== 'docker.Swarm') return event.to
    return [...world.all('docker.Task')].flatMap(({ id, state }) => (state === 'new' ? [id] : []))
  },
  reconcile(id, world) {
    const swarm = swarmOf(world)
    const entity = world.get(id)
    if (swarm?.state !== 'Led' || !entity) return undefined
    const by = swarm.leader
    if (entity.kind === 'docker.Service') {
      const service = entity as Service
      const { vips, ports } = publication(world, service)
      return stable({ vips, ports } as never) === stable({ vips: service.vips, ports: service.ports } as never)
        ? undefined
        : [{ to: id, type: 'Published', data: { vips, ports }, by }]
    }
    const task = entity as Task
    if (task.state !== 'new') return undefined
    const addresses: { [network: string]: string } = {}
    for (const network of networksOfService(task)) {
      const ip = freeOverlayAddress(world, network, new Set())
      if (ip !== undefined) addresses[network] = ip
    }
    return [{ to: id, type: 'Allocated', data: { addresses }, by }]
  },
}
