import type { World } from '../../../kernel/index.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import type { ServicePort } from '../service/serviceSpec.ts'
import { endpointsRule } from './endpoints.rule.ts'
import type { ProxyRules, RuleSlice } from './proxyRules.ts'

/** One place that a connection to a Service may be sent to. */
export interface Backend {
  readonly ip: string
  readonly port: number
  readonly node: string | undefined
  /** Entity id of the pod, where the endpoint is one. */
  readonly pod: string | undefined
}

/** Where connections to a port of a Service go, and by which of the two lists. */
export interface Backends {
  readonly list: readonly Backend[]
  /** What the rule said: which list it is, or what becomes of a connection without any. */
  readonly from: 'ready' | 'terminating' | 'refuse' | 'drop'
}

/**
 * The endpoints that a node's rules use for one port: the ready ones, or when there is none those that serve while they terminate.
 * `local` keeps only those on `node` (traffic policy Local).
 * Models: kubernetes pkg/proxy/topology.go CategorizeEndpoints
 */
export function backendsOf(
  world: World,
  rules: ProxyRules,
  port: ServicePort,
  family: string,
  local?: string,
): Backends {
  const key = `${port.name ?? ''}\n${family}`
  let known = cache.get(rules.slices)
  if (!known) {
    known = new Map()
    cache.set(rules.slices, known)
  }
  let both = known.get(key)
  if (!both) {
    both = {
      ready: collect(rules.slices, port, family, (one) => one.conditions?.ready !== false),
      terminating: collect(
        rules.slices,
        port,
        family,
        ({ conditions }) => conditions?.serving === true && conditions.terminating === true,
      ),
    }
    known.set(key, both)
  }
  const mine = (list: readonly Backend[]) => (local === undefined ? list : list.filter(({ node }) => node === local))
  const ready = mine(both.ready)
  const terminating = ready.length > 0 ? [] : mine(both.terminating)
  const from = world.decide(endpointsRule, {
    ready: ready.length,
    servingTerminating: terminating.length,
    local: local !== undefined,
  })
  return { list: from === 'ready' ? ready : from === 'terminating' ? mine(both.terminating) : [], from }
}

interface Both {
  readonly ready: readonly Backend[]
  readonly terminating: readonly Backend[]
}

const cache = new WeakMap<readonly RuleSlice[], Map<string, Both>>()

function collect(
  slices: readonly RuleSlice[],
  port: ServicePort,
  family: string,
  takes: (endpoint: Endpoint) => boolean,
): readonly Backend[] {
  const list: Backend[] = []
  const seen = new Set<string>()
  for (const slice of slices) {
    if (slice.addressType !== family) continue
    const number = slice.ports?.find((one) => (one.name ?? '') === (port.name ?? ''))?.port
    if (number === undefined) continue
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses[0]
      if (ip === undefined || seen.has(ip) || !takes(endpoint)) continue
      seen.add(ip)
      const { targetRef } = endpoint
      list.push({
        ip,
        port: number,
        node: endpoint.nodeName,
        pod: targetRef?.kind === 'Pod' ? `k8s.Pod/${targetRef.namespace}/${targetRef.name}` : undefined,
      })
    }
  }
  return list
}
