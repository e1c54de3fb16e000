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

/** The addresses that a node has for its pods: as many as its network holds, from `first` on. */
export interface PodNetwork {
  /** First two numbers with dots, `10.244.`, and the third one of the network's own address. */
  readonly prefix: string
  readonly third: number
  /** 256, or 1024 for a node that is to have very many pods. */
  readonly size: number
}

/** A node's pod network; undefined for a node without one. */
export function podNetworkOf(world: World, node: string): PodNetwork | undefined {
  const spec = find(world, 'Node', undefined, node)?.spec as { readonly podCIDR?: string } | undefined
  if (spec?.podCIDR === undefined) return undefined
  let network = networks.get(spec)
  if (network === undefined) {
    const [, prefix = '', third = '', bits = ''] = /^(\d+\.\d+\.)(\d+)\.\d+\/(\d+)$/.exec(spec.podCIDR) ?? []
    network = { prefix, third: Number(third), size: bits === '22' ? 1024 : 256 }
    networks.set(spec, network)
  }
  return network
}

const networks = new WeakMap<object, PodNetwork>()
