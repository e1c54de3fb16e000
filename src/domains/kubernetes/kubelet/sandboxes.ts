import type { Derived, World } from '../../../kernel/index.ts'
import type { Container } from './container.ts'
import { type PodNetwork, podNetworkOf } from './hostAddress.ts'

/** Addresses in use by node, by their last ten bits: how many containers have each, and at 0 how many there are in all. */
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
  const first = slot(network.third, 0)
  const end = first + network.size - 1
  const counts = world.derived(addressesByNode).get(node)
  if (!counts) return address(network, 2)
  let highest = end - 1
  while (highest > first + 1 && counts[highest] === 0) highest--
  if (highest < end - 1) return address(network, highest - first + 1)
  for (let at = first + 2; at < end; at++) if (counts[at] === 0) return address(network, at - first)
  return undefined
}

function address({ prefix, third }: PodNetwork, offset: number): string {
  return `${prefix}${third + (offset >> 8)}.${offset & 255}`
}

/** Where an address is counted: networks of 1,024 begin where the third number is a multiple of 4. */
function slot(third: number, last: number): number {
  return ((third & 3) << 8) | last
}

function count(inUse: InUse, container: Container, by: number): void {
  if (container.hostNetwork) return
  const end = container.ip.lastIndexOf('.')
  const third = Number(container.ip.slice(container.ip.lastIndexOf('.', end - 1) + 1, end))
  const at = slot(third, Number(container.ip.slice(end + 1)))
  let counts = inUse.get(container.node)
  if (!counts) {
    counts = new Uint16Array(1024)
    inUse.set(container.node, counts)
  }
  counts[at] = (counts[at] as number) + by
  counts[0] = (counts[0] as number) + by
  if (counts[0] === 0) inUse.delete(container.node)
}
