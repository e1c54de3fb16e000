import { defineRule } from '../../../kernel/rule.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import { deploymentAvailability } from './availability.rule.ts'

/**
 * How the old ReplicaSets shrink in this pass of a rolling update.
 * Models: pkg/controller/deployment/rolling.go reconcileOldReplicaSets, cleanupUnhealthyReplicas, scaleDownOldReplicaSetsForRollingUpdate
 */
export const reconcileOldRS = defineRule({
  id: 'k8s.deployment.reconcileOldRS',
  says: 'Old pods that are not available go first; healthy ones go only while more pods are available than must be.',
  source: 'pkg/controller/deployment/rolling.go reconcileOldReplicaSets',
  decide: reconcileOldReplicas,
  vector: (input: OldRSCase) => {
    const oldSets = input.oldRSs.map((set) => ({ ...set, createdAt: Date.parse(set.createdAt) }))
    if (input.fn === 'cleanupUnhealthyReplicas') {
      const { removed, sizes } = cleanupUnhealthyReplicas(oldSets, input.maxCleanupCount ?? 0)
      return { cleanupCount: removed, oldReplicas: Object.fromEntries(sizes) }
    }
    const replicas = input.deploymentReplicas ?? 0
    const bounds = { replicas, maxSurge: input.maxSurge ?? null, maxUnavailable: input.maxUnavailable ?? null }
    if (input.fn === 'scaleDownOldReplicaSetsForRollingUpdate') {
      const available = total(oldSets, 'available') + (input.newRS?.available ?? 0)
      const { minAvailable } = deploymentAvailability(bounds)
      const { removed, sizes } = scaleDownOldReplicas(oldSets, available, minAvailable)
      return { scaledDownCount: removed, oldReplicas: Object.fromEntries(sizes) }
    }
    const newSet = input.newRS ?? { replicas: 0, available: 0 }
    const verdict = reconcileOldReplicas({ ...bounds, oldSets, newSet })
    return { scaled: verdict.scaled, oldReplicas: Object.fromEntries(verdict.sizes) }
  },
})

/** An old ReplicaSet: `replicas` from its spec, `available` from its status, `createdAt` in ms. */
export interface OldReplicaSet {
  readonly name: string
  readonly replicas: number
  readonly available: number
  readonly createdAt: number
}

/** What a pass over the old ReplicaSets looks at. */
export interface OldRSInput {
  readonly replicas: number
  readonly maxSurge?: IntOrPercent | null
  readonly maxUnavailable?: IntOrPercent | null
  readonly oldSets: readonly OldReplicaSet[]
  readonly newSet: { readonly replicas: number; readonly available: number }
}

/** `sizes` has every old ReplicaSet by name, changed or not, oldest first; `spare` is how many pods could go before this pass. */
export interface OldRSVerdict {
  readonly scaled: boolean
  readonly cleanedUp: number
  readonly scaledDown: number
  readonly spare: number
  readonly sizes: ReadonlyMap<string, number>
}

/** Both steps of one pass: unavailable old pods first, then healthy ones as far as availability allows. */
export function reconcileOldReplicas(input: OldRSInput): OldRSVerdict {
  const { oldSets, newSet } = input
  const nothing = { scaled: false, cleanedUp: 0, scaledDown: 0, sizes: sizesOf(oldSets) }
  const oldPods = total(oldSets, 'replicas')
  if (oldPods === 0) return { ...nothing, spare: 0 }
  const { minAvailable } = deploymentAvailability(input)
  const spare = oldPods + newSet.replicas - minAvailable - (newSet.replicas - newSet.available)
  if (spare <= 0) return { ...nothing, spare }
  const active = oldSets.filter((set) => set.replicas > 0)
  const cleaned = cleanupUnhealthyReplicas(active, spare)
  // A status that lags behind its spec ends the pass: counting pods that are about to go would let too many go.
  if (cleaned.stale)
    return {
      scaled: cleaned.removed > 0,
      cleanedUp: cleaned.removed,
      scaledDown: 0,
      spare,
      sizes: new Map([...nothing.sizes, ...cleaned.sizes]),
    }
  const remaining = active.map((set) => ({ ...set, replicas: cleaned.sizes.get(set.name) ?? set.replicas }))
  const available = total(active, 'available') + newSet.available
  const shrunk = scaleDownOldReplicas(remaining, available, minAvailable)
  return {
    scaled: cleaned.removed + shrunk.removed > 0,
    cleanedUp: cleaned.removed,
    scaledDown: shrunk.removed,
    spare,
    sizes: new Map([...nothing.sizes, ...shrunk.sizes]),
  }
}

/** Takes at most `most` pods that are not available, from the oldest ReplicaSet first. */
export function cleanupUnhealthyReplicas(sets: readonly OldReplicaSet[], most: number): Shrinkage {
  const sizes = sizesOf(sets)
  let removed = 0
  for (const set of byAge(sets)) {
    if (removed >= most) break
    if (set.replicas === 0 || set.replicas === set.available) continue
    const cut = Math.min(most - removed, set.replicas - set.available)
    // Upstream gives up on a status that counts more available pods than the spec wants.
    if (cut < 0) return { removed, sizes, stale: true }
    sizes.set(set.name, set.replicas - cut)
    removed += cut
  }
  return { removed, sizes }
}

/** Takes pods beyond `minAvailable` out of all `available` ones, from the oldest ReplicaSet first. */
export function scaleDownOldReplicas(
  sets: readonly OldReplicaSet[],
  available: number,
  minAvailable: number,
): Shrinkage {
  const sizes = sizesOf(sets)
  let removed = 0
  const most = available - minAvailable
  for (const set of byAge(sets)) {
    if (removed >= most) break
    if (set.replicas === 0) continue
    const cut = Math.min(set.replicas, most - removed)
    sizes.set(set.name, set.replicas - cut)
    removed += cut
  }
  return { removed, sizes }
}

interface Shrinkage {
  readonly removed: number
  readonly sizes: Map<string, number>
  /** Whether it met a status that its ReplicaSet's controller has not brought up to date yet. */
  readonly stale?: boolean
}

interface OldRSCase {
  readonly fn: string
  readonly deploymentReplicas?: number
  readonly maxSurge?: IntOrPercent | null
  readonly maxUnavailable?: IntOrPercent | null
  readonly maxCleanupCount?: number
  readonly oldRSs: readonly (Omit<OldReplicaSet, 'createdAt'> & { readonly createdAt: string })[]
  readonly newRS?: { readonly replicas: number; readonly available: number } | null
}

function total(sets: readonly OldReplicaSet[], field: 'replicas' | 'available'): number {
  return sets.reduce((sum, set) => sum + set[field], 0)
}

function byAge(sets: readonly OldReplicaSet[]): OldReplicaSet[] {
  return [...sets].sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1))
}

function sizesOf(sets: readonly OldReplicaSet[]): Map<string, number> {
  return new Map(byAge(sets).map((set) => [set.name, set.replicas]))
}
