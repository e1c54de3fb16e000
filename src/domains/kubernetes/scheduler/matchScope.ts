import type { CounterScope } from './matchCounter.ts'
import { type CompiledSelector, nothing } from './selector.ts'

/** Scope of pods of one namespace for topology spreading: terminating pods do not count, and an empty selector counts none. */
export function spreadScope(selector: CompiledSelector, namespace: string): CounterScope {
  const known = spreadScopes.get(selector)?.get(namespace)
  if (known) return known
  const counted = selector.empty ? nothing : selector
  const scope: CounterScope = {
    key: `spread ${namespace} ${counted.key}`,
    namespaces: [namespace],
    matches: counted.matches,
    pair: surestPair(counted),
    countTerminating: false,
  }
  const byNamespace = spreadScopes.get(selector) ?? new Map<string, CounterScope>()
  byNamespace.set(namespace, scope)
  spreadScopes.set(selector, byNamespace)
  return scope
}

const spreadScopes = new WeakMap<CompiledSelector, Map<string, CounterScope>>()

/** Scope of pods for inter-pod affinity: terminating pods count; undefined namespaces are all. */
export function affinityScope(selector: CompiledSelector, namespaces: readonly string[] | undefined): CounterScope {
  const sorted = namespaces && [...new Set(namespaces)].sort()
  return {
    key: `affinity ${sorted ? sorted.join(',') : '*'} ${selector.key}`,
    namespaces: sorted,
    matches: selector.matches,
    pair: surestPair(selector),
    countTerminating: true,
  }
}

/** The pair that fewest other pods share, as far as one can tell from its key. */
function surestPair(selector: CompiledSelector): readonly [string, string] | undefined {
  return selector.pairs.find(([key]) => key === 'pod-template-hash') ?? selector.pairs.at(-1)
}
