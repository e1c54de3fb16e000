import { affinityScope } from '../matchScope.ts'
import { namespaceOf, noLabels, type Pod } from '../objects.ts'
import { type Cycle, definePlugin, unresolvable, unschedulable } from '../plugin.ts'
import { type PodTerm, podTerms, termSelects } from '../podTerms.ts'
import { bothSelectors, type CompiledSelector } from '../selector.ts'
import type { TopologyColumn } from '../topologyColumn.ts'

const affinityRefusal = unresolvable("node(s) didn't match pod affinity rules")
const antiRefusal = unschedulable("node(s) didn't match pod anti-affinity rules")
const existingRefusal = unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")

/** Brings pods together, or keeps them apart, by the labels of the pods already in a topology domain. */
export const interPodAffinity = definePlugin<FilterState, ScoreState>({
  name: 'InterPodAffinity',
  source: 'interpodaffinity/{filtering,scoring}.go',
  weight: 2,
  filterSays: "Required pod affinity and anti-affinity must hold, the pod's own and that of the pods already there.",
  scoreSays:
    'The more weight of preferred pod affinity a node meets, less what preferred anti-affinity it breaks, the better.',
  preFilter(cycle) {
    const { pod, snapshot } = cycle
    const terms = podTerms(pod.spec.affinity)
    const hasOwn = terms !== undefined && terms.requiredAffinity.length + terms.requiredAnti.length > 0
    if (!hasOwn && snapshot.termGroups.anti.size === 0) return { kind: 'skip' }
    const existing = existingAnti(cycle)
    if (!hasOwn && existing.length === 0) return { kind: 'skip' }
    const affinity = terms?.requiredAffinity ?? []
    const together = affinity.length > 0 ? allTerms(cycle, affinity) : []
    return {
      kind: 'run',
      state: {
        together,
        apart: (terms?.requiredAnti ?? []).map((term) => counted(cycle, term)),
        existing,
        firstOfGroup:
          together.every(({ counts }) => counts.every((count) => count === 0)) && selectsItself(cycle, affinity),
      },
    }
  },
  filter(_cycle, state, info) {
    let allMet = true
    for (const { column, counts } of state.together) {
      const id = column.domainOf[info.slot] ?? -1
      if (id < 0) return affinityRefusal
      if ((counts[id] ?? 0) <= 0) allMet = false
    }
    if (!allMet && !state.firstOfGroup) return affinityRefusal
    if (anyIn(state.apart, info.slot)) return antiRefusal
    return anyIn(state.existing, info.slot) ? existingRefusal : undefined
  },
  explain(_cycle, state, info) {
    const shown = (list: readonly DomainSums[]) =>
      list.map(({ column, counts }) => {
        const id = column.domainOf[info.slot] ?? -1
        return { topologyKey: column.key, domain: column.values[id] ?? null, matching: counts[id] ?? 0 }
      })
    return {
      affinity: shown(state.together),
      antiAffinity: shown(state.apart),
      existingAntiAffinity: shown(state.existing),
      firstOfGroup: state.together.length > 0 && state.firstOfGroup,
    }
  },
  preScore(cycle) {
    const state = scoreSums(cycle)
    return state.length === 0 ? undefined : { state }
  },
  score(_cycle, state, info) {
    let sum = 0
    for (const { column, counts } of state) sum += counts[column.domainOf[info.slot] ?? -1] ?? 0
    return sum
  },
  normalize(_cycle, _state, _infos, scores) {
    const least = Math.min(...scores)
    const most = Math.max(...scores)
    for (let i = 0; i < scores.length; i++)
      scores[i] = most > least ? Math.trunc(100 * (((scores[i] as number) - least) / (most - least))) : 0
  },
})

/** Something summed by the domains of one topology. */
interface DomainSums {
  readonly column: TopologyColumn
  readonly counts: readonly number[]
}

interface FilterState {
  readonly together: readonly DomainSums[]
  readonly apart: readonly DomainSums[]
  readonly existing: readonly DomainSums[]
  /** No pod anywhere matches, and the pod matches its own terms: then affinity holds wherever the keys exist. */
  readonly firstOfGroup: boolean
}

type ScoreState = readonly DomainSums[]

function anyIn(list: readonly DomainSums[], slot: number): boolean {
  for (const { column, counts } of list) if ((counts[column.domainOf[slot] ?? -1] ?? 0) > 0) return true
  return false
}

/** The namespaces that a term of the incoming pod looks at; undefined is all. Selected namespaces must exist. */
function namespacesOf({ pod, objects }: Cycle, term: PodTerm): readonly string[] | undefined {
  if (!term.namespaceSelector) return term.namespaces.length > 0 ? term.namespaces : [namespaceOf(pod)]
  if (term.namespaceSelector.empty) return undefined
  const selected = (objects.namespaces?.() ?? []).filter(({ metadata }) =>
    term.namespaceSelector?.matches(metadata.labels ?? noLabels),
  )
  return [...term.namespaces, ...selected.map(({ metadata }) => metadata.name)]
}

function counted(cycle: Cycle, term: PodTerm): DomainSums {
  const column = cycle.snapshot.column(term.topologyKey)
  const counter = cycle.snapshot.counter(affinityScope(term.selector, namespacesOf(cycle, term)))
  return { column, counts: counter.byDomain(column) }
}

/** Required affinity counts only pods that match all terms. */
function allTerms(cycle: Cycle, terms: readonly PodTerm[]): readonly DomainSums[] {
  let namespaces = namespacesOf(cycle, terms[0] as PodTerm)
  let selector: CompiledSelector = (terms[0] as PodTerm).selector
  for (const term of terms.slice(1)) {
    const more = namespacesOf(cycle, term)
    namespaces = namespaces && more ? namespaces.filter((name) => more.includes(name)) : (namespaces ?? more)
    selector = bothSelectors(selector, term.selector)
  }
  const counter = cycle.snapshot.counter(affinityScope(selector, namespaces))
  return terms.map((term) => {
    const column = cycle.snapshot.column(term.topologyKey)
    return { column, counts: counter.byDomain(column) }
  })
}

function selectsItself(cycle: Cycle, terms: readonly PodTerm[]): boolean {
  const own = namespaceOf(cycle.pod)
  return (
    terms.length > 0 &&
    terms.every(
      (term) =>
        (namespacesOf(cycle, term)?.includes(own) ?? true) &&
        term.selector.matches(cycle.pod.metadata.labels ?? noLabels),
    )
  )
}

/** Required anti-affinity of existing pods that the incoming pod would break, by domain; empty where there is none. */
function existingAnti(cycle: Cycle): readonly DomainSums[] {
  const { pod, snapshot } = cycle
  const sums = new Sums(cycle)
  for (const group of snapshot.termGroups.anti)
    for (const term of group.terms.requiredAnti)
      if (selectsIncoming(cycle, term, group.namespace, pod)) sums.addSlots(term.topologyKey, group.slots, 1)
  return sums.list()
}

function selectsIncoming(cycle: Cycle, term: PodTerm, carrier: string, pod: Pod): boolean {
  return termSelects(term, carrier, pod, cycle.objects.namespaceLabels?.(namespaceOf(pod)) ?? noLabels)
}

function scoreSums(cycle: Cycle): readonly DomainSums[] {
  const { pod, snapshot, args } = cycle
  const terms = podTerms(pod.spec.affinity)
  const hasOwn = terms !== undefined && terms.preferredAffinity.length + terms.preferredAnti.length > 0
  const ownArgs = args.InterPodAffinity
  if (!hasOwn && (ownArgs?.ignorePreferredTermsOfExistingPods === true || snapshot.termGroups.scoring.size === 0))
    return []
  const hardWeight = typeof ownArgs?.hardPodAffinityWeight === 'number' ? ownArgs.hardPodAffinityWeight : 1
  const sums = new Sums(cycle)
  for (const term of terms?.preferredAffinity ?? []) sums.addDomains(counted(cycle, term), term.weight)
  for (const term of terms?.preferredAnti ?? []) sums.addDomains(counted(cycle, term), -term.weight)
  for (const { terms: existing, namespace, slots } of snapshot.termGroups.scoring) {
    const add = (term: PodTerm, weight: number) => {
      if (selectsIncoming(cycle, term, namespace, pod)) sums.addSlots(term.topologyKey, slots, weight)
    }
    if (hardWeight > 0) for (const term of existing.requiredAffinity) add(term, hardWeight)
    for (const term of existing.preferredAffinity) add(term, term.weight)
    for (const term of existing.preferredAnti) add(term, -term.weight)
  }
  return sums.list()
}

/** Sums by topology domain under construction; keys that nothing was added to do not appear. */
class Sums {
  private readonly cycle: Cycle
  private readonly byKey = new Map<string, { readonly column: TopologyColumn; readonly counts: number[] }>()

  constructor(cycle: Cycle) {
    this.cycle = cycle
  }

  addSlots(key: string, slots: ReadonlyMap<number, number>, weight: number): void {
    const column = this.cycle.snapshot.column(key)
    for (const [slot, count] of slots) {
      const id = column.domainOf[slot] ?? -1
      if (id >= 0) this.add(column, id, count * weight)
    }
  }

  addDomains({ column, counts }: DomainSums, weight: number): void {
    for (let id = 0; id < counts.length; id++) if (counts[id]) this.add(column, id, (counts[id] as number) * weight)
  }

  list(): readonly DomainSums[] {
    return [...this.byKey.values()]
  }

  private add(column: TopologyColumn, id: number, amount: number): void {
    let sums = this.byKey.get(column.key)
    if (!sums) {
      sums = { column, counts: new Array<number>(column.values.length).fill(0) }
      this.byKey.set(column.key, sums)
    }
    sums.counts[id] = (sums.counts[id] ?? 0) + amount
  }
}
