import type { NodeInfo } from './nodeInfo.ts'

/**
 * Slots of the existing nodes in the order in which the scheduler walks them: one node of each zone in turn.
 * Models: pkg/scheduler/backend/cache/node_tree.go. Unlike Kubernetes, zones and the nodes of a zone are taken by name, not by
 * arrival, so that the order follows from what exists and not from how it came to be.
 */
export function nodeOrder(infos: readonly (NodeInfo | undefined)[]): Int32Array {
  const zones = new Map<string, NodeInfo[]>()
  let count = 0
  for (const info of infos) {
    if (!info?.node) continue
    count++
    const zone = zones.get(info.zone)
    if (zone) zone.push(info)
    else zones.set(info.zone, [info])
  }
  const turns = [...zones].sort(([a], [b]) => compare(a, b)).map(([, nodes]) => nodes)
  for (const nodes of turns) nodes.sort((a, b) => compare(a.name, b.name))
  const order = new Int32Array(count)
  let filled = 0
  for (let round = 0; filled < count; round++)
    for (const nodes of turns) {
      const info = nodes[round]
      if (info) order[filled++] = info.slot
    }
  return order
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
