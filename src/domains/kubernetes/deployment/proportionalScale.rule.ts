import { defineRule } from '../../../kernel/rule.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import { deploymentSurge, type RolloutStrategy } from './availability.rule.ts'

/**
 * How a change of `spec.replicas` is shared between the ReplicaSets when a rollout is under way or paused.
 * Models: pkg/controller/deployment/sync.go scale, util/deployment_util.go GetReplicaSetProportion, getReplicaSetFraction
 */
export const proportionalScale = defineRule({
  id: 'k8s.deployment.proportionalScale',
  says: 'In the middle of a rollout each ReplicaSet grows or shrinks in proportion to its size; what rounding leaves over goes to the largest.',
  source: 'pkg/controller/deployment/sync.go scale',
  decide: scaleProportionally,
  vector: (input: ProportionalCase) => {
    if (input.fn === 'getReplicaSetFraction') {
      const fraction = replicaSetFraction(
        { replicas: input.rsReplicas ?? 0, maxAnnotation: input.maxReplicasAnnotation ?? null },
        {
          replicas: input.deploymentReplicas,
          statusReplicas: input.deploymentStatusReplicas ?? 0,
          maxSurge: input.maxSurge ?? 0,
        },
      )
      return { fraction }
    }
    const sized = (set: CaseSet): ScalableReplicaSet => ({ ...set, createdAt: Date.parse(set.createdAt) })
    const sizes = scaleProportionally({
      strategy: input.strategy ?? 'RollingUpdate',
      replicas: input.deploymentReplicas,
      statusReplicas: input.deploymentStatusReplicas ?? 0,
      maxSurge: input.maxSurge ?? null,
      maxUnavailable: input.maxUnavailable ?? null,
      newSet: input.newRS ? sized(input.newRS) : null,
      oldSets: (input.oldRSs ?? []).map(sized),
    })
    return { replicas: Object.fromEntries(sizes) }
  },
})

/** A ReplicaSet as `scale` sees it; the annotations are `deployment.kubernetes.io/desired-replicas` and `/max-replicas`, null when absent. */
export interface ScalableReplicaSet {
  readonly name: string
  readonly replicas: number
  readonly createdAt: number
  readonly available: number
  readonly desiredAnnotation?: number | null
  readonly maxAnnotation?: number | null
}

/** The Deployment: wanted replicas, those of its status, its strategy, and its ReplicaSets. */
export interface ProportionalInput extends RolloutStrategy {
  readonly replicas: number
  readonly statusReplicas: number
  readonly newSet: ScalableReplicaSet | null
  readonly oldSets: readonly ScalableReplicaSet[]
}

/** The size of every ReplicaSet by name, changed or not. */
export function scaleProportionally(input: ProportionalInput): Map<string, number> {
  const { newSet, oldSets, replicas } = input
  const everySet = newSet ? [...oldSets, newSet] : [...oldSets]
  const sizes = new Map(everySet.map((set) => [set.name, set.replicas]))
  const single = activeOrLatest(newSet, oldSets)
  if (single) return sizes.set(single.name, replicas)
  if (newSet && isSaturated(newSet, replicas)) {
    for (const set of oldSets) sizes.set(set.name, 0)
    return sizes
  }
  if ((input.strategy ?? 'RollingUpdate') !== 'RollingUpdate') return sizes

  const active = everySet.filter((set) => set.replicas > 0)
  const allowed = replicas > 0 ? replicas + deploymentSurge(input) : 0
  const toAdd = allowed - active.reduce((sum, set) => sum + set.replicas, 0)
  if (toAdd === 0) return sizes
  active.sort((a, b) => b.replicas - a.replicas || (toAdd > 0 ? byAge(b, a) : byAge(a, b)))
  const deployment = { replicas, statusReplicas: input.statusReplicas, maxSurge: deploymentSurge(input) }
  let added = 0
  for (const set of active) {
    const left = toAdd - added
    if (left === 0) break
    const fraction = replicaSetFraction(set, deployment)
    const share = toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left)
    sizes.set(set.name, set.replicas + share)
    added += share
  }
  const largest = active[0]
  if (largest) sizes.set(largest.name, Math.max(0, (sizes.get(largest.name) ?? 0) + toAdd - added))
  return sizes
}

/** By how much one ReplicaSet would change if it kept its share of the Deployment; `maxSurge` is a count. */
export function replicaSetFraction(
  set: { readonly replicas: number; readonly maxAnnotation?: number | null },
  deployment: { readonly replicas: number; readonly statusReplicas: number; readonly maxSurge: number },
): number {
  if (deployment.replicas === 0) return 0 - set.replicas
  const before = set.maxAnnotation || deployment.statusReplicas
  if (before === 0) return 0
  const size = (set.replicas * (deployment.replicas + deployment.maxSurge)) / before
  return Math.trunc(size < 0 ? size - 0.5 : size + 0.5) - set.replicas
}

/** Whether the ReplicaSet is fully rolled out: wanted, desired (its annotation) and available all agree. */
export function isSaturated(set: ScalableReplicaSet, replicas: number): boolean {
  return set.replicas === replicas && set.desiredAnnotation === replicas && set.available === replicas
}

interface CaseSet extends Omit<ScalableReplicaSet, 'createdAt'> {
  readonly createdAt: string
}

interface ProportionalCase {
  readonly fn: string
  readonly deploymentReplicas: number
  readonly deploymentStatusReplicas?: number
  readonly strategy?: string
  readonly maxSurge?: number
  readonly maxUnavailable?: IntOrPercent
  readonly newRS?: CaseSet | null
  readonly oldRSs?: readonly CaseSet[]
  readonly rsReplicas?: number
  readonly maxReplicasAnnotation?: number | null
}

/** The only active ReplicaSet, or the latest if none is active; undefined when several are. */
function activeOrLatest(
  newSet: ScalableReplicaSet | null,
  oldSets: readonly ScalableReplicaSet[],
): ScalableReplicaSet | undefined {
  const active = [...oldSets, ...(newSet ? [newSet] : [])].filter((set) => set.replicas > 0)
  if (active.length === 1) return active[0]
  if (active.length > 1) return undefined
  return newSet ?? [...oldSets].sort((a, b) => byAge(b, a))[0]
}

function byAge(a: ScalableReplicaSet, b: ScalableReplicaSet): number {
  return a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1)
}
