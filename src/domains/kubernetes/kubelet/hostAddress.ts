import type { World } from '../../../kernel/index.ts'
import type { Machine } from '../machine/machine.ts'
import { find } from '../object/object.ts'

/** Address of a node's machine. */
export function hostIpOf(world: World, node: string): string {
  return (world.get(`k8s.Machine/${node}`) as Machine | undefined)?.ip ?? '10.0.0.1'
}

/** `hostIP` and `hostIPs` of the pods of a node, shared by all of them. */
export function hostFields(
  world: World,
  node: string,
): { readonly hostIP: string; readonly hostIPs: readonly { readonly ip: string }[] } {
  const ip = hostIpOf(world, node)
  let fields = hosts.get(ip)
  if (!fields) {
    fields = { hostIP: ip, hostIPs: [{ ip }] }
    hosts.set(ip, fields)
  }
  return fields
}

const hosts = new Map<string, { readonly hostIP: string; readonly hostIPs: readonly { readonly ip: string }[] }>()

/** The first three numbers of a node's pod network, with the dot: `10.244.1.`; undefined for a node without one. */
export function podNetworkOf(world: World, node: string): string | undefined {
  const spec = find(world, 'Node', undefined, node)?.spec as { readonly podCIDR?: string } | undefined
  if (spec?.podCIDR === undefined) return undefined
  let network = networks.get(spec)
  if (network === undefined) {
    network = spec.podCIDR.slice(0, spec.podCIDR.indexOf('/')).replace(/\d+$/, '')
    networks.set(spec, network)
  }
  return network
}

const networks = new WeakMap<object, string>()
