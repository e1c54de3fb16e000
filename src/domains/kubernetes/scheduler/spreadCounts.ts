import type { MatchCounter } from './matchCounter.ts'
import { spreadScope } from './matchScope.ts'
import type { NodeInfo } from './nodeInfo.ts'
import { namespaceOf } from './objects.ts'
import type { Cycle } from './plugin.ts'
import { requiredNodeTest } from './selector.ts'
import type { SpreadConstraint } from './spreadConstraint.ts'
import { untoleratedTaint } from './toleration.ts'
import type { TopologyColumn } from './topologyColumn.ts'

/**
 * Matching pods by domain, over nodes that pass the constraint's inclusion policies and, where `requireAll`, have all topology keys.
 * Domains without such a node get -1. Where every node takes part, the snapshot's running counts are used as they are.
 */
export function domainCounts(
  cycle: Cycle,
  constraints: readonly SpreadConstraint[],
  constraint: SpreadConstraint,
  requireAll: boolean,
): { readonly column: TopologyColumn; readonly counts: readonly number[] } {
  const { pod, snapshot } = cycle
  const column = snapshot.column(constraint.key)
  const counter = counterOf(cycle, constraint)
  const test = constraint.honorAffinity ? requiredNodeTest(pod.spec) : undefined
  const keyed = requireAll ? constraints.map(({ key }) => snapshot.column(key)).filter((c) => c.missing > 0) : []
  if (!test && !constraint.honorTaints && keyed.length === 0) return { column, counts: counter.byDomain(column) }
  const counts = new Array<number>(column.values.length).fill(-1)
  const takesPart = (info: NodeInfo) =>
    keyed.every((c) => (c.domainOf[info.slot] as number) >= 0) &&
    (!test || (info.node !== undefined && test(info.node))) &&
    !(constraint.honorTaints && untoleratedTaint(info.node?.spec?.taints, pod.spec.tolerations))
  for (const slot of snapshot.nodeOrder()) {
    const id = column.domainOf[slot] as number
    if (id < 0 || !takesPart(snapshot.at(slot))) continue
    counts[id] = Math.max(0, counts[id] as number) + counter.at(slot)
  }
  return { column, counts }
}

/** The counter of the pods that a constraint selects. */
export function counterOf({ pod, snapshot }: Cycle, constraint: SpreadConstraint): MatchCounter {
  return snapshot.counter(spreadScope(constraint.selector, namespaceOf(pod)))
}
