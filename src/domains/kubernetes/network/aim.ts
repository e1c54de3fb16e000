import type { World } from '../../../kernel/index.ts'
import { isPodReady } from '../endpoints/podFacts.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import { type Backend, backendsOf } from '../proxy/backends.ts'
import { type ProxyRules, rulesFor, staleRulesId } from '../proxy/proxyRules.ts'
import { inBlock, SERVICE_CIDR } from '../service/addressRange.ts'
import { loadBalancerAddresses } from '../service/loadBalancer.controller.ts'
import type { ServicePort } from '../service/serviceSpec.ts'
import { nodesByIp, podAt } from './addresses.ts'
import type { Hop } from './hop.ts'
import type { Vantage } from './vantage.ts'

/** How a connection fails before anyone answers. */
export type Failure = 'refused' | 'timeout' | 'unreachable'

/** Where an address and a port lead from one place: to one of several backends, to one place, or nowhere. */
export type Aim =
  | {
      readonly is: 'backends'
      /** Entity id of the Service. */
      readonly service: string
      readonly list: readonly Backend[]
      /** For how many seconds a client stays with its backend; undefined without session affinity. */
      readonly affinity: number | undefined
      readonly hops: readonly Hop[]
    }
  | {
      readonly is: 'place'
      readonly ip: string
      readonly port: number
      readonly node?: string
      readonly hops: readonly Hop[]
    }
  | { readonly is: 'nowhere'; readonly why: Failure; readonly hops: readonly Hop[] }

/** Chooses one of `count`, the same for the same world. */
export type Pick = (count: number, ...keys: readonly (string | number)[]) => number

/**
 * Follows an address through the rules of the node that a connection comes from, without choosing a backend yet. From outside only
 * public addresses, load balancers and node ports lead in.
 */
export function aimAt(world: World, from: Vantage, ip: string, port: number, pick: Pick, protocol = 'TCP'): Aim {
  if (ip.startsWith('127.')) return loopback(from, ip, port)
  return from.node === undefined
    ? fromOutside(world, from, ip, port, pick, protocol)
    : fromInside(world, from, from.node, ip, port, protocol)
}

function loopback(from: Vantage, ip: string, port: number): Aim {
  if (from.pod) return { is: 'place', ip: from.ip, port, hops: [] }
  return nowhere('refused', [{ at: from.id, says: `Nothing listens on ${ip}:${port} here.`, ms: 0 }])
}

function nowhere(why: Failure, hops: readonly Hop[]): Aim {
  return { is: 'nowhere', why, hops }
}

function fromInside(world: World, from: Vantage, node: string, ip: string, port: number, protocol: string): Aim {
  const rules = rulesFor(world, node, ip)
  const at = `k8s.Node/${node}`
  if (rules) {
    const found = portOf(rules, port, protocol)
    if (!found)
      return nowhere('timeout', [
        {
          at,
          says: `No rule catches ${ip}:${port}: the Service has ${portsText(rules)}. The packet leads nowhere.`,
          ms: 0,
        },
      ])
    const local = rules.spec.internalTrafficPolicy === 'Local' ? node : undefined
    return toBackends(world, node, rules, found, ip.includes(':') ? 'IPv6' : 'IPv4', local, [])
  }
  if (inBlock(ip, SERVICE_CIDR))
    return nowhere('timeout', [
      { at, says: `No rule of this node catches ${ip}: no Service has this address${staleText(world, node)}.`, ms: 0 },
    ])
  const target = world.lookup(nodesByIp, ip)[0] as ObjectEntity | undefined
  if (target) return atNode(world, target.metadata.name, ip, port, protocol, [], from)
  return { is: 'place', ip, port, hops: [] }
}

function fromOutside(world: World, from: Vantage, ip: string, port: number, pick: Pick, protocol: string): Aim {
  if (inBlock(ip, SERVICE_CIDR))
    return nowhere('timeout', [
      {
        at: from.id,
        says: `${ip} is a cluster IP: it means something only to the rules of nodes, not out here.`,
        ms: 0,
      },
    ])
  const service = world.lookup(loadBalancerAddresses, ip)[0] as ObjectEntity | undefined
  if (service) return throughBalancer(world, service, ip, port, pick, protocol)
  const node = world.lookup(nodesByIp, ip)[0] as ObjectEntity | undefined
  if (node) return atNode(world, node.metadata.name, ip, port, protocol, [], from)
  if (podAt(world, ip))
    return nowhere('timeout', [
      { at: from.id, says: `${ip} is a pod's address: it is routed inside of the cluster only.`, ms: 0 },
    ])
  return { is: 'place', ip, port, hops: [] }
}

function throughBalancer(
  world: World,
  service: ObjectEntity,
  ip: string,
  port: number,
  pick: Pick,
  protocol: string,
): Aim {
  const rules = rulesFor(world, '', ip)
  const found = rules && portOf(rules, port, protocol)
  if (!rules || !found)
    return nowhere('timeout', [
      { at: service.id, says: `The load balancer at ${ip} has no listener on port ${port}.`, ms: 1 },
    ])
  const local = rules.spec.externalTrafficPolicy === 'Local'
  const nodes: string[] = []
  for (const node of every(world, 'Node'))
    if (
      takesTraffic(world, node) &&
      (!local || backendsOf(world, rules, found, 'IPv4', node.metadata.name).list.length > 0)
    )
      nodes.push(node.metadata.name)
  const node = nodes[pick(nodes.length, 'node')]
  if (node === undefined)
    return nowhere('timeout', [
      { at: service.id, says: `The load balancer at ${ip} has no healthy node to send to.`, ms: 1 },
    ])
  const hop = { at: service.id, says: `The load balancer at ${ip} passes it to the node ${node}.`, ms: 1 }
  const own = rulesFor(world, node, ip)
  const ownPort = own && portOf(own, port, protocol)
  if (!own || !ownPort)
    return nowhere('refused', [
      hop,
      { at: `k8s.Node/${node}`, says: `The node has no rule for ${ip}:${port}${staleText(world, node)}.`, ms: 0 },
    ])
  return toBackends(world, node, own, ownPort, 'IPv4', local ? node : undefined, [hop])
}

/** A load balancer keeps to nodes that are ready and not excluded. */
function takesTraffic(world: World, node: ObjectEntity): boolean {
  if (world.get(`k8s.Machine/${node.metadata.name}`)?.state !== 'Up' || !isPodReady(node)) return false
  return node.metadata.labels?.['node.kubernetes.io/exclude-from-external-load-balancers'] === undefined
}

function atNode(
  world: World,
  node: string,
  ip: string,
  port: number,
  protocol: string,
  hops: readonly Hop[],
  from: Vantage,
): Aim {
  const at = `k8s.Node/${node}`
  const state = world.get(`k8s.Machine/${node}`)?.state
  if (state !== 'Up' && from.node !== node)
    return nowhere(state === 'CutOff' ? 'timeout' : 'unreachable', [
      ...hops,
      { at, says: state === 'CutOff' ? 'The network to the machine is cut.' : 'The machine does not run.', ms: 0 },
    ])
  const rules = rulesFor(world, node, `nodePort ${protocol} ${port}`)
  const found = rules?.spec.ports?.find((one) => one.nodePort === port && (one.protocol ?? 'TCP') === protocol)
  if (!rules || !found) return { is: 'place', ip, port, node, hops }
  const local = rules.spec.externalTrafficPolicy === 'Local' ? node : undefined
  const hop = { at, says: `A rule of the node catches its port ${port} for ${nameOf(rules.service)}.`, ms: 0 }
  return toBackends(world, node, rules, found, 'IPv4', local, [...hops, hop])
}

function toBackends(
  world: World,
  node: string,
  rules: ProxyRules,
  port: ServicePort,
  family: string,
  local: string | undefined,
  hops: readonly Hop[],
): Aim {
  const { list, from } = backendsOf(world, rules, port, family, local)
  const stale = staleText(world, node)
  if (list.length === 0) {
    const says =
      local === undefined
        ? `${nameOf(rules.service)} has no ready endpoint, so the rules refuse the connection${stale}.`
        : `${nameOf(rules.service)} has no endpoint on ${node}, and its traffic policy is Local: the rules drop the packet${stale}.`
    return nowhere(from === 'drop' ? 'timeout' : 'refused', [...hops, { at: rules.service, says, ms: 0 }])
  }
  const which = from === 'ready' ? 'ready' : 'ending, but still serving'
  const says = `The rules of ${node || 'the node'} send it to one of ${list.length} ${which} endpoint${list.length === 1 ? '' : 's'}${stale}.`
  const affinity =
    rules.spec.sessionAffinity === 'ClientIP'
      ? (rules.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800)
      : undefined
  return { is: 'backends', service: rules.service, list, affinity, hops: [...hops, { at: rules.service, says, ms: 0 }] }
}

function portOf(rules: ProxyRules, port: number, protocol: string): ServicePort | undefined {
  return rules.spec.ports?.find((one) => one.port === port && (one.protocol ?? 'TCP') === protocol)
}

function portsText(rules: ProxyRules): string {
  const ports = (rules.spec.ports ?? []).map(({ port }) => port)
  return ports.length === 0
    ? 'no ports'
    : ports.length === 1
      ? `port ${ports[0]} only`
      : `ports ${ports.join(', ')} only`
}

function staleText(world: World, node: string): string {
  const stale = world.get(staleRulesId(node))
  return stale
    ? `; they are old, its kube-proxy has not followed since ${Math.round((world.now - stale.since) / 1000)} s`
    : ''
}

function nameOf(service: string): string {
  return service.split('/').slice(1).join('/')
}
