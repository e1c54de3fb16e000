import type { Face } from '../../../kernel/index.ts'
import { type Container, membersOfNetwork } from '../container/container.ts'
import type { Network } from '../network/network.ts'
import { nodeOfEngine } from '../swarm/node.ts'

/** A network of an engine. */
export const networkFace: Face<Network> = {
  label: 'Network',
  plural: 'Networks',
  pictogram: 'network',
  shape: 'chip',
  rank: 3,
  within: (network, world) => nodeOfEngine(world, network.owner)?.id ?? network.owner,
  look(network, world) {
    const members = world.lookup(membersOfNetwork, `${network.owner} ${network.name}`) as readonly Container[]
    return {
      title: network.name,
      note: network.subnet,
      tone: members.length > 0 ? 'ok' : 'idle',
      word: members.length > 0 ? 'in use' : 'unused',
      figures: [`${members.length}`],
      facts: [
        ['driver', network.driver],
        ['subnet', network.subnet ?? ''],
        ['gateway', network.gateway ?? ''],
        ['containers', members.map(({ name }) => name).join(', ') || 'none'],
      ],
    }
  },
  actions: (network) => [
    { id: 'inspect', label: 'Inspect', line: `docker network inspect ${network.name}` },
    { id: 'remove', label: 'Remove', line: `docker network rm ${network.name}`, sort: 'danger' },
  ],
}
