import type { PodEntry } from './nodeInfo.ts'
import type { PodTerms } from './podTerms.ts'

/** Pods that carry the same inter-pod terms (the same `affinity` value) in one namespace: judged once, counted by node. */
interface TermGroup {
  readonly terms: PodTerms
  readonly namespace: string
  /** Node slot to how many of the group's pods it holds. */
  readonly slots: Map<number, number>
}

/** All pods with inter-pod terms, grouped, so that a cluster without any costs nothing and a large one little. */
export class TermGroups {
  private readonly groups = new Map<PodTerms, Map<string, TermGroup>>()
  /** Groups with required anti-affinity. */
  readonly anti = new Set<TermGroup>()
  /** Groups with anything that scoring looks at: required or preferred affinity, preferred anti-affinity. */
  readonly scoring = new Set<TermGroup>()

  count(entry: PodEntry, delta: number): void {
    const terms = entry.terms
    if (!terms) return
    let byNamespace = this.groups.get(terms)
    if (!byNamespace) {
      byNamespace = new Map()
      this.groups.set(terms, byNamespace)
    }
    let group = byNamespace.get(entry.namespace)
    if (!group) {
      group = { terms, namespace: entry.namespace, slots: new Map() }
      byNamespace.set(entry.namespace, group)
      if (terms.requiredAnti.length > 0) this.anti.add(group)
      if (terms.requiredAffinity.length + terms.preferredAffinity.length + terms.preferredAnti.length > 0)
        this.scoring.add(group)
    }
    const left = (group.slots.get(entry.slot) ?? 0) + delta
    if (left > 0) {
      group.slots.set(entry.slot, left)
      return
    }
    group.slots.delete(entry.slot)
    if (group.slots.size > 0) return
    this.anti.delete(group)
    this.scoring.delete(group)
    byNamespace.delete(entry.namespace)
    if (byNamespace.size === 0) this.groups.delete(terms)
  }
}
