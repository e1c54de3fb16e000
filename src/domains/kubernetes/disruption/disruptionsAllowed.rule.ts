import { defineRule } from '../../../kernel/rule.ts'
import { type IntOrPercent, scaledCount } from '../api/intOrPercent.ts'

/**
 * How many pods a PodDisruptionBudget lets go now.
 * Models: pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus
 */
export const disruptionsAllowed = defineRule({
  id: 'k8s.pdb.disruptionsAllowed',
  says: 'A budget allows as many evictions as there are healthy pods beyond those it needs; percentages round up, and zero expected pods allow none.',
  source: 'pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus',
  decide: allowDisruptions,
})

/** Exactly one of the two bounds is set. `expectedPods` comes from the scale of the pods' controllers. */
export interface DisruptionInput {
  readonly minAvailable?: IntOrPercent | null
  readonly maxUnavailable?: IntOrPercent | null
  readonly expectedPods: number
  readonly currentHealthy: number
}

/** How many healthy pods the budget needs, and how many it can spare (never negative). */
export function allowDisruptions(input: DisruptionInput): { desiredHealthy: number; disruptionsAllowed: number } {
  const { minAvailable, maxUnavailable, expectedPods, currentHealthy } = input
  let desiredHealthy = 0
  if (maxUnavailable !== null && maxUnavailable !== undefined)
    desiredHealthy = Math.max(0, expectedPods - (scaledCount(maxUnavailable, expectedPods, true) ?? 0))
  else desiredHealthy = scaledCount(minAvailable, expectedPods, true) ?? 0
  const spare = currentHealthy - desiredHealthy
  return { desiredHealthy, disruptionsAllowed: expectedPods <= 0 || spare <= 0 ? 0 : spare }
}
