import type { Json } from '../../../kernel/json.ts'
import { defaultSpreadSelector } from './defaultSpreadSelector.ts'
import type { Pod, TopologySpreadConstraint } from './objects.ts'
import { noLabels } from './objects.ts'
import type { Cycle } from './plugin.ts'
import { type CompiledSelector, compileSelector, withPairs } from './selector.ts'

/** A topology spread constraint, compiled for one pod. */
export interface SpreadConstraint {
  readonly key: string
  readonly maxSkew: number
  readonly minDomains: number
  readonly selector: CompiledSelector
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
}

/** The constraints of a cycle's pod with one `whenUnsatisfiable`: its own, or the profile's defaults where it has none at all. */
export function spreadConstraints(
  cycle: Cycle,
  action: 'DoNotSchedule' | 'ScheduleAnyway',
): readonly SpreadConstraint[] {
  const own = cycle.pod.spec.topologySpreadConstraints
  if (own && own.length > 0) return ownConstraints(cycle.pod, own, action)
  const defaults = defaultConstraints(cycle).filter((constraint) => constraint.whenUnsatisfiable === action)
  if (defaults.length === 0) return none
  const selector = defaultSpreadSelector(cycle.pod, cycle.objects)
  if (!selector) return none
  const known = defaulted.get(selector)
  if (known && known.defaults === cycle.args.PodTopologySpread && known.action === action) return known.constraints
  const constraints = defaults.map((constraint) => compile(constraint, selector))
  defaulted.set(selector, { defaults: cycle.args.PodTopologySpread, action, constraints })
  return constraints
}

/** Whether the profile spreads by the system's own defaults: then nodes may lack some of the topology keys. */
export function systemDefaulted(cycle: Cycle): boolean {
  return cycle.args.PodTopologySpread?.defaultingType !== 'List'
}

const none: readonly SpreadConstraint[] = []
const defaulted = new WeakMap<
  CompiledSelector,
  { readonly defaults: Json | undefined; readonly action: string; readonly constraints: readonly SpreadConstraint[] }
>()
const compiledOwn = new WeakMap<readonly TopologySpreadConstraint[], Map<string, readonly SpreadConstraint[]>>()

const systemConstraints: readonly TopologySpreadConstraint[] = [
  { maxSkew: 3, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
]

function defaultConstraints(cycle: Cycle): readonly TopologySpreadConstraint[] {
  if (systemDefaulted(cycle)) return systemConstraints
  return (cycle.args.PodTopologySpread?.defaultConstraints ?? []) as unknown as readonly TopologySpreadConstraint[]
}

function ownConstraints(
  pod: Pod,
  own: readonly TopologySpreadConstraint[],
  action: string,
): readonly SpreadConstraint[] {
  if (own.some((constraint) => (constraint.matchLabelKeys?.length ?? 0) > 0)) return fresh(pod, own, action)
  const known = compiledOwn.get(own)?.get(action)
  if (known) return known
  const constraints = fresh(pod, own, action)
  const byAction = compiledOwn.get(own) ?? new Map<string, readonly SpreadConstraint[]>()
  byAction.set(action, constraints)
  compiledOwn.set(own, byAction)
  return constraints
}

/** matchLabelKeys add the pod's own values to the selector; keys that it lacks are ignored. */
function fresh(pod: Pod, own: readonly TopologySpreadConstraint[], action: string): readonly SpreadConstraint[] {
  const labels = pod.metadata.labels ?? noLabels
  return own
    .filter((constraint) => constraint.whenUnsatisfiable === action)
    .map((constraint) => {
      const pairs: [string, string][] = []
      for (const key of constraint.matchLabelKeys ?? []) {
        const value = labels[key]
        if (value !== undefined) pairs.push([key, value])
      }
      return compile(constraint, withPairs(compileSelector(constraint.labelSelector), pairs))
    })
}

function compile(constraint: TopologySpreadConstraint, selector: CompiledSelector): SpreadConstraint {
  return {
    key: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    selector,
    honorAffinity: (constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor',
    honorTaints: (constraint.nodeTaintsPolicy ?? 'Ignore') === 'Honor',
  }
}
