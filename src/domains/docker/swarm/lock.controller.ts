import type { Controller } from '../../../kernel/index.ts'
import { nodeOfEngine } from './node.ts'
import { swarmOf } from './swarm.ts'

/** A manager whose daemon starts anew cannot read its state without the key, where the swarm locks itself. Models: moby daemon/cluster autolock */
export const lockController: Controller = {
  name: 'docker.swarm.lock',
  watches: { 'docker.Engine': ['DaemonStarted'] },
  wakes: (event, world) => nodeOfEngine(world, event.to)?.id,
  reconcile(id, world) {
    const node = world.get(id) as { readonly role?: string; readonly locked?: true } | undefined
    return swarmOf(world)?.autolock && node?.role === 'manager' && !node.locked
      ? [{ to: id, type: 'Locked' }]
      : undefined
  },
}
