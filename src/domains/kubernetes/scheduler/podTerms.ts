import type { Affinity, Labels, Pod, PodAffinityTerm } from './objects.ts'
import { namespaceOf, noLabels } from './objects.ts'
import { type CompiledSelector, compileSelector } from './selector.ts'

/** One inter-pod affinity term, compiled. */
export interface PodTerm {
  readonly topologyKey: string
  readonly selector: CompiledSelector
  /** Named namespaces; empty together with no namespaceSelector means the namespace of the pod that carries the term. */
  readonly namespaces: readonly string[]
  readonly namespaceSelector: CompiledSelector | undefined
  /** 1 for required terms. */
  readonly weight: number
}

/** All inter-pod terms of one `spec.affinity`. */
export interface PodTerms {
  readonly requiredAffinity: readonly PodTerm[]
  readonly requiredAnti: readonly PodTerm[]
  readonly preferredAffinity: readonly PodTerm[]
  readonly preferredAnti: readonly PodTerm[]
}

/** The inter-pod terms of a pod, memoised by the identity of its `affinity`; undefined where it has none. */
export function podTerms(affinity: Affinity | undefined): PodTerms | undefined {
  if (!affinity?.podAffinity && !affinity?.podAntiAffinity) return undefined
  const known = memo.get(affinity)
  if (known) return known
  const { podAffinity, podAntiAffinity } = affinity
  const fresh: PodTerms = {
    requiredAffinity: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((t) => compile(t, 1)),
    requiredAnti: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((t) => compile(t, 1)),
    preferredAffinity: (podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((t) =>
      compile(t.podAffinityTerm, t.weight),
    ),
    preferredAnti: (podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((t) =>
      compile(t.podAffinityTerm, t.weight),
    ),
  }
  memo.set(affinity, fresh)
  return fresh
}

const memo = new WeakMap<Affinity, PodTerms>()

function compile(term: PodAffinityTerm, weight: number): PodTerm {
  return {
    topologyKey: term.topologyKey,
    selector: compileSelector(term.labelSelector),
    namespaces: term.namespaces ?? [],
    namespaceSelector: term.namespaceSelector ? compileSelector(term.namespaceSelector) : undefined,
    weight,
  }
}

/**
 * Whether a term carried by a pod of namespace `carrier` selects `pod`, whose namespace has the labels `namespaceLabels`.
 * Models: pkg/scheduler/framework/types.go AffinityTerm.Matches.
 */
export function termSelects(term: PodTerm, carrier: string, pod: Pod, namespaceLabels: Labels): boolean {
  return (
    termCoversNamespace(term, carrier, namespaceOf(pod), namespaceLabels) &&
    term.selector.matches(pod.metadata.labels ?? noLabels)
  )
}

/** Whether a term's namespaces include the given one. */
function termCoversNamespace(term: PodTerm, carrier: string, namespace: string, labels: Labels): boolean {
  if (term.namespaces.length === 0 && !term.namespaceSelector) return namespace === carrier
  return term.namespaces.includes(namespace) || (term.namespaceSelector?.matches(labels) ?? false)
}
