import { defineIndex, type World } from '../../../kernel/index.ts'
import { podIp, podSpec } from '../endpoints/podFacts.ts'
import type { ObjectEntity } from '../object/object.ts'

/** Pods by their address. Pods in the network of their node share its address and are found by node instead. */
export const podsByIp = defineIndex('k8s.podsByIp', ['k8s.Pod'], (entity) => {
  const pod = entity as ObjectEntity
  const ip = podIp(pod)
  return ip === undefined || podSpec(pod).hostNetwork ? undefined : ip
})

/** Pods in the network of their node, and pods with host ports, by node. */
export const hostNetworkPods = defineIndex('k8s.hostNetworkPods', ['k8s.Pod'], (entity) => {
  const spec = podSpec(entity as ObjectEntity)
  const exposed = spec.hostNetwork || spec.containers?.some(({ ports }) => ports?.some(({ hostPort }) => hostPort))
  return exposed ? spec.nodeName : undefined
})

/** Nodes by their addresses. */
export const nodesByIp = defineIndex('k8s.nodesByIp', ['k8s.Node'], (entity) => nodeAddresses(entity as ObjectEntity))

/** Every IP address of a node. */
export function nodeAddresses(node: ObjectEntity): readonly string[] {
  const status = node.status as
    | { readonly addresses?: readonly { readonly type: string; readonly address: string }[] }
    | undefined
  const known = status?.addresses && ofAddresses.get(status.addresses)
  if (known) return known
  const ips = (status?.addresses ?? []).filter(({ type }) => type.endsWith('IP')).map(({ address }) => address)
  if (status?.addresses) ofAddresses.set(status.addresses, ips)
  return ips
}

/** The live pod that has an address; of several (one ended, its address given anew) the one that came last and has not ended. */
export function podAt(world: World, ip: string): ObjectEntity | undefined {
  const pods = world.lookup(podsByIp, ip) as readonly ObjectEntity[]
  let found: ObjectEntity | undefined
  for (const pod of pods) if (pod.state !== 'Succeeded' && pod.state !== 'Failed') found = pod
  return found
}

const ofAddresses = new WeakMap<object, readonly string[]>()
