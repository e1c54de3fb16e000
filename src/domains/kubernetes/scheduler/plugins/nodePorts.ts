import type { NodeInfo } from '../nodeInfo.ts'
import { definePlugin, unschedulable } from '../plugin.ts'
import { type HostPort, podShape } from '../podShape.ts'

const refusal = unschedulable("node(s) didn't have free ports for the requested pod ports")

/** Keeps two pods from one host port. */
export const nodePorts = definePlugin<readonly HostPort[], undefined>({
  name: 'NodePorts',
  source: 'nodeports/node_ports.go',
  filterSays: 'The host ports that the pod asks for must be free on the node.',
  preFilter({ pod }) {
    const { ports } = podShape(pod.spec)
    return ports.length === 0 ? { kind: 'skip' } : { kind: 'run', state: ports }
  },
  filter(_cycle, ports, info) {
    return ports.some((port) => taken(port, info)) ? refusal : undefined
  },
  explain(_cycle, ports, info) {
    return { taken: ports.filter((port) => taken(port, info)).map((port) => ({ ...port })) }
  },
})

/** Same protocol and port, and the same address or either side the wildcard. */
function taken(port: HostPort, info: NodeInfo): boolean {
  const ips = info.ports.get(`${port.protocol}/${port.port}`)
  if (!ips) return false
  return port.ip === '0.0.0.0' || ips.has('0.0.0.0') || ips.has(port.ip)
}
