import type { ClusterNode, NodeAffinity, PreferredSchedulingTerm } from '../objects.ts'
import { type Cycle, definePlugin, normalizeByLargest, unresolvable } from '../plugin.ts'
import { compileNodeTerm, matchesNodeSelector, requiredNodeTest } from '../selector.ts'

const refusal = unresolvable("node(s) didn't match Pod's node affinity/selector")
const enforcedRefusal = unresolvable("node(s) didn't match scheduler-enforced node affinity")
const conflict = unresolvable('pod affinity terms conflict')

/** Honours nodeSelector and node affinity, required and preferred. */
export const nodeAffinity = definePlugin<
  ((node: ClusterNode) => boolean) | undefined,
  readonly PreferredSchedulingTerm[]
>({
  name: 'NodeAffinity',
  source: 'nodeaffinity/node_affinity.go',
  weight: 2,
  filterSays: "The node's labels must match the pod's nodeSelector and its required node affinity.",
  scoreSays: 'The more weight of preferred node affinity terms a node matches, the better.',
  preFilter(cycle) {
    const { spec } = cycle.pod
    const test = requiredNodeTest(spec)
    const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    if (!required && !spec.nodeSelector && !added(cycle)?.requiredDuringSchedulingIgnoredDuringExecution)
      return { kind: 'skip' }
    const names = required && namedNodes(required.nodeSelectorTerms ?? [])
    if (!names) return { kind: 'run', state: test }
    return names.size === 0 ? { kind: 'reject', rejection: conflict } : { kind: 'run', state: test, nodeNames: names }
  },
  filter(cycle, test, info) {
    const enforced = added(cycle)?.requiredDuringSchedulingIgnoredDuringExecution
    if (!info.node) return refusal
    if (enforced && !matchesNodeSelector(enforced, info.node)) return enforcedRefusal
    return !test || test(info.node) ? undefined : refusal
  },
  explain({ pod }, _test, info) {
    const wanted = Object.entries(pod.spec.nodeSelector ?? {})
    return {
      unmatchedLabels: wanted
        .filter(([key, value]) => info.labels[key] !== value)
        .map(([key, value]) => ({ key, wanted: value, has: info.labels[key] ?? null })),
    }
  },
  preScore(cycle) {
    const terms = [
      ...(cycle.pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(added(cycle)?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    ]
    return terms.length === 0 ? undefined : { state: terms }
  },
  score(_cycle, terms, info) {
    let sum = 0
    for (const term of terms)
      if (term.weight !== 0 && info.node && compileNodeTerm(term.preference)(info.node)) sum += term.weight
    return sum
  },
  normalize(_cycle, _state, _infos, scores) {
    normalizeByLargest(scores, false)
  },
})

function added(cycle: Cycle): NodeAffinity | undefined {
  return cycle.args.NodeAffinity?.addedAffinity as NodeAffinity | undefined
}

/** The only nodes that terms naming nodes leave possible; undefined where some term names none. */
function namedNodes(
  terms: NonNullable<NonNullable<NodeAffinity['requiredDuringSchedulingIgnoredDuringExecution']>['nodeSelectorTerms']>,
): ReadonlySet<string> | undefined {
  if (terms.length === 0) return undefined
  const names = new Set<string>()
  for (const term of terms) {
    let own: readonly string[] | undefined
    for (const field of term.matchFields ?? [])
      if (field.key === 'metadata.name' && field.operator === 'In') {
        const values = field.values ?? []
        own = own ? own.filter((name) => values.includes(name)) : values
      }
    if (!own) return undefined
    for (const name of own) names.add(name)
  }
  return names
}
