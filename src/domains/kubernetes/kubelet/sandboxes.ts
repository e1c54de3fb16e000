import type { Derived, World } from '../../../kernel/index.ts'
import type { Container } from './container.ts'
import { podNetworkOf } from './hostAddress.ts'

/** Last numbers of the addresses in use, by node: how many containers have each, and at 0 how many there are in all. */
type InUse = Map<string, Uint16Array>

/** Addresses of pod sandboxes by node. Models: the host-local address manager of CNI. */
export const addressesByNode: Derived<InUse> = {
  name: 'k8s.addressesByNode',
  kinds: ['k8s.Container'],
  create: () => new Map(),
  add: (inUse, entity) => count(inUse, entity as Container, 1),
  remove: (inUse, entity) => count(inUse, entity as Container, -1),
  same: (before, after) => (before as Container).ip === (after as Container).ip,
  copy: (inUse) => new Map([...inUse].map(([node, counts]) => [node, counts.slice()])),
}

/** The next free address on a node, after the highest in use as long as there is one; undefined when the node has none left. */
export function freeAddress(world: World, node: string): string | undefined {
  const network = podNetworkOf(world, node)
  if (network === undefined) return undefined
  const counts = world.derived(addressesByNode).get(node)
  if (!counts) return `${network}2`
  let highest = 254
  while (highest > 1 && counts[highest] === 0) highest--
  if (highest < 254) return `${network}${highest + 1}`
  for (let last = 2; last < 255; last++) if (counts[last] === 0) return `${network}${last}`
  return undefined
}

function count(inUse: InUse, container: Container, by: number): void {
  if (container.hostNetwork) return
  const last = Number(container.ip.slice(container.ip.lastIndexOf('.') + 1))
  let counts = inUse.get(container.node)
  if (!counts) {
    counts = new Uint16Array(256)
    inUse.set(container.node, counts)
  }
  counts[last] = (counts[last] as number) + by
  counts[0] = (counts[0] as number) + by
  if (counts[0] === 0) inUse.delete(container.node)
}
