import type { Endpoint } from '../endpoints/endpoint.ts'
import type { ServicePort } from '../service/serviceSpec.ts'
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
  /** `ready`, or `terminating` when none is ready and those that end still serve. */
  readonly from: 'ready' | 'terminating'
}

/**
 * The endpoints that a node's rules use for one port: the ready ones, or when there is none those that serve while they terminate.
 * `local` keeps only those on `node` (traffic policy Local).
 * Models: kubernetes pkg/proxy/topology.go CategorizeEndpoints
 */
export function backendsOf(rules: ProxyRules, port: ServicePort, family: string, local?: string): Backends {
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
  if (ready.length > 0) return { list: ready, from: 'ready' }
  const terminating = mine(both.terminating)
  return { list: terminating, from: terminating.length > 0 ? 'terminating' : 'ready' }
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
