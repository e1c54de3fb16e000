import { defineIndex, defineKind, type Entity, type World } from '../../../kernel/index.ts'
import type { Endpoint, EndpointPort } from '../endpoints/endpoint.ts'
import type { ObjectEntity } from '../object/object.ts'
import { loadBalancerIngress, type ServiceSpec } from '../service/serviceSpec.ts'
import { proxyRulesLifecycle, staleRulesLifecycle } from './proxyRules.lifecycle.ts'

/** One slice as kube-proxy has read it. */
export interface RuleSlice {
  readonly addressType: string
  readonly endpoints?: readonly Endpoint[] | null
  readonly ports?: readonly EndpointPort[] | null
}

/** The rules for one Service. The spec and the slices are those of the API objects themselves, shared, not copied. */
export interface ProxyRules extends Entity {
  /** Entity id of the Service. */
  readonly service: string
  readonly spec: ServiceSpec
  readonly publicIps: readonly string[]
  readonly slices: readonly RuleSlice[]
  /** Grows by one with every rewrite. */
  readonly version: number
}

/** The rules of one node as they were when it lost touch, by Service id. */
export interface StaleRules extends Entity {
  readonly node: string
  readonly rules: { readonly [service: string]: ProxyRules }
}

/** Entity id of the rules for a Service, from the Service's id. */
export function rulesId(service: string): string {
  return service.replace('k8s.Service/', 'k8s.ProxyRules/')
}

/** Entity id of the frozen rules of a node. */
export function staleRulesId(node: string): string {
  return `k8s.StaleRules/${node}`
}

/** The kinds of rules: one record a Service that all nodes share, and one for each node that does not keep up. */
export const proxyRulesKind = defineKind<ProxyRules>({
  kind: 'k8s.ProxyRules',
  lifecycle: proxyRulesLifecycle,
  apply: { RulesWritten: (rules, event) => ({ ...(event.data as object), version: rules.version + 1 }) },
  tell: {
    RulesWritten: (_event, rules) =>
      `Every kube-proxy that keeps up rewrites its rules for [${name(rules)}](${rules?.service ?? ''}).`,
  },
})

export const staleRulesKind = defineKind<StaleRules>({
  kind: 'k8s.StaleRules',
  lifecycle: staleRulesLifecycle,
  tell: {
    Made: (event) => {
      const node = event.to.slice(event.to.indexOf('/') + 1)
      return `The kube-proxy of [${node}](k8s.Node/${node}) no longer follows: its rules grow old.`
    },
    CaughtUp: (_event, stale) =>
      `The kube-proxy of [${stale?.node ?? ''}](k8s.Node/${stale?.node ?? ''}) has caught up.`,
  },
})

/** Rules by the addresses that they catch: `10.96.3.4`, and `nodePort TCP 30080` for a port of every node. */
export const rulesByAddress = defineIndex('k8s.rulesByAddress', ['k8s.ProxyRules'], (entity) =>
  addressesOf(entity as ProxyRules),
)

/** The rules that a node has for an address as {@link rulesByAddress} writes it; its own old ones where it is stale. */
export function rulesFor(world: World, node: string, address: string): ProxyRules | undefined {
  const stale = world.get(staleRulesId(node)) as StaleRules | undefined
  if (!stale) return world.lookup(rulesByAddress, address)[0] as ProxyRules | undefined
  return staleIndex(stale).get(address)
}

/** The parts of a Service and its slices that go into rules. */
export function rulesData(service: ObjectEntity, slices: readonly ObjectEntity[]): Omit<ProxyRules, keyof Entity> {
  return {
    service: service.id,
    spec: (service.spec ?? {}) as ServiceSpec,
    publicIps: loadBalancerIngress(service).flatMap(({ ip }) => (ip === undefined ? [] : [ip])),
    slices: slices.map((slice) => (slice.rest ?? {}) as unknown as RuleSlice),
    version: 1,
  }
}

const keysOf = new WeakMap<ServiceSpec, { readonly publicIps: readonly string[]; readonly keys: readonly string[] }>()
const indexOf = new WeakMap<StaleRules['rules'], ReadonlyMap<string, ProxyRules>>()

function name(rules: ProxyRules | undefined): string {
  return rules?.service.split('/').pop() ?? 'a Service'
}

function addressesOf(rules: ProxyRules): readonly string[] {
  const known = keysOf.get(rules.spec)
  if (known && known.publicIps.join() === rules.publicIps.join()) return known.keys
  const { spec } = rules
  const keys: string[] = []
  for (const ip of spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])) if (ip !== 'None') keys.push(ip)
  keys.push(...rules.publicIps, ...(spec.externalIPs ?? []))
  for (const port of spec.ports ?? [])
    if (port.nodePort) keys.push(`nodePort ${port.protocol ?? 'TCP'} ${port.nodePort}`)
  keysOf.set(rules.spec, { publicIps: rules.publicIps, keys })
  return keys
}

function staleIndex(stale: StaleRules): ReadonlyMap<string, ProxyRules> {
  let index = indexOf.get(stale.rules)
  if (!index) {
    const made = new Map<string, ProxyRules>()
    for (const rules of Object.values(stale.rules)) for (const key of addressesOf(rules)) made.set(key, rules)
    index = made
    indexOf.set(stale.rules, index)
  }
  return index
}
