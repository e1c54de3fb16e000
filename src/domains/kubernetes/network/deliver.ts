import type { World } from '../../../kernel/index.ts'
import { podSpec } from '../endpoints/podFacts.ts'
import { refusedBy } from '../networkpolicy/policies.ts'
import type { ObjectEntity } from '../object/object.ts'
import { inBlock } from '../service/addressRange.ts'
import { hostNetworkPods, nodesByIp, podAt } from './addresses.ts'
import type { Failure } from './aim.ts'
import type { Hop } from './hop.ts'
import { type Listener, listenerAt } from './listener.ts'
import { API_SERVER_IP } from './outside.ts'
import type { Vantage } from './vantage.ts'

/** Who takes a connection in the end, or why nobody does. */
export type Delivery =
  | {
      readonly is: 'taken'
      readonly pod: ObjectEntity
      readonly listener: Listener
      readonly port: number
      readonly hops: readonly Hop[]
    }
  /** A place outside of the cluster's pods: the internet, or the API server. */
  | { readonly is: 'elsewhere'; readonly ip: string; readonly port: number; readonly hops: readonly Hop[] }
  | { readonly is: 'failed'; readonly why: Failure; readonly hops: readonly Hop[] }

/** Addresses of pods: those of the cluster's nodes are cut from it. */
const POD_CIDR = '10.244.0.0/16'

/** Takes a connection to one address and port: through the network and its policies, to a process that listens. */
export function deliver(world: World, from: Vantage, ip: string, port: number, node?: string): Delivery {
  const self = from.pod && from.ip === ip ? from.pod : undefined
  const target = self
    ? { pod: self, port }
    : node === undefined
      ? podTarget(world, ip, port)
      : hostTarget(world, node, port)
  if (!target) return nobody(world, from, ip, port, node)
  const { pod } = target
  const broken = self ? undefined : brokenWay(world, from, podSpec(pod).nodeName)
  if (broken) return { is: 'failed', why: broken.why, hops: [broken.hop] }
  const refusal = refusedBy(world, { ip: from.ip, pod: from.pod }, { ip, pod }, target.port, 'TCP')
  if (refusal) {
    const names = refusal.verdict.isolating.join(', ')
    const whom = refusal.direction === 'egress' ? 'leave' : 'reach'
    return failed(
      'timeout',
      refusal.at,
      `NetworkPolicy ${names} lets no such connection ${whom} the pod: it is dropped.`,
    )
  }
  const listener = listenerAt(world, pod, target.port)
  if (!listener) return failed('refused', pod.id, `Nothing in the pod listens on port ${target.port}: it refuses.`)
  const hop = { at: listener.container.id, says: `The container listens on port ${target.port} and accepts.`, ms: 0 }
  return { is: 'taken', pod, listener, port: target.port, hops: [hop] }
}

function failed(why: Failure, at: string, says: string): Delivery {
  return { is: 'failed', why, hops: [{ at, says, ms: 0 }] }
}

function podTarget(world: World, ip: string, port: number): { pod: ObjectEntity; port: number } | undefined {
  const pod = podAt(world, ip)
  if (pod) return { pod, port }
  const node = world.lookup(nodesByIp, ip)[0] as ObjectEntity | undefined
  return node && hostTarget(world, node.metadata.name, port)
}

/** A port of a node itself: a pod in its network that listens there, or a pod with that host port. */
function hostTarget(world: World, node: string, port: number): { pod: ObjectEntity; port: number } | undefined {
  for (const pod of world.lookup(hostNetworkPods, node) as readonly ObjectEntity[]) {
    const spec = podSpec(pod)
    if (spec.hostNetwork) {
      if (listenerAt(world, pod, port)) return { pod, port }
      continue
    }
    for (const container of spec.containers ?? [])
      for (const one of container.ports ?? []) if (one.hostPort === port) return { pod, port: one.containerPort }
  }
  return undefined
}

function nobody(world: World, from: Vantage, ip: string, port: number, node: string | undefined): Delivery {
  if (node !== undefined)
    return failed('refused', `k8s.Node/${node}`, `Nothing on the node listens on port ${port}: it refuses.`)
  if (inBlock(ip, POD_CIDR))
    return failed('unreachable', from.id, `No pod has the address ${ip} any more, so the packet finds nobody.`)
  const broken = brokenWay(world, from, undefined)
  if (broken) return { is: 'failed', why: broken.why, hops: [broken.hop] }
  if (ip !== API_SERVER_IP) {
    const refusal = refusedBy(world, { ip: from.ip, pod: from.pod }, { ip }, port, 'TCP')
    if (refusal)
      return failed(
        'timeout',
        refusal.at,
        `NetworkPolicy ${refusal.verdict.isolating.join(', ')} lets nothing leave for ${ip}: it is dropped.`,
      )
  }
  return { is: 'elsewhere', ip, port, hops: [] }
}

/** A machine that is dead or cut off on either side; connections within one machine need no network. */
function brokenWay(world: World, from: Vantage, to: string | undefined): { why: Failure; hop: Hop } | undefined {
  if (from.node !== undefined && from.node === to) return undefined
  for (const node of [from.node, to]) {
    if (node === undefined) continue
    const state = world.get(`k8s.Machine/${node}`)?.state
    if (state === undefined || state === 'Up') continue
    const cut = state === 'CutOff'
    const says = cut ? `The network of ${node} is cut: no packet gets through.` : `The machine ${node} does not run.`
    return { why: cut ? 'timeout' : 'unreachable', hop: { at: `k8s.Machine/${node}`, says, ms: 0 } }
  }
  return undefined
}
