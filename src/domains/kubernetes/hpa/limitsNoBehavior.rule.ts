import { defineRule } from '../../../kernel/rule.ts'
import { type Limited, limited } from './behaviorRate.rule.ts'

/**
 * How far the count may move when the HPA has no `spec.behavior`.
 * Models: pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithRules
 */
export const limitsNoBehavior = defineRule({
  id: 'k8s.hpa.limitsNoBehavior',
  says: 'Without a behavior the count stays between its bounds and at most doubles at once, though from nothing it may reach four.',
  source: 'pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithRules',
  decide: limitByBounds,
})

/** The count within the HPA's bounds and the built-in growth limit. */
export function limitByBounds(input: {
  readonly currentReplicas: number
  readonly desiredReplicas: number
  readonly minReplicas: number
  readonly maxReplicas: number
}): Limited {
  const { currentReplicas, desiredReplicas, minReplicas, maxReplicas } = input
  const growth = Math.max(2 * currentReplicas, 4)
  const most = Math.min(growth, maxReplicas)
  if (desiredReplicas < minReplicas) return limited(minReplicas, 'TooFewReplicas')
  if (desiredReplicas > most) return limited(most, maxReplicas > growth ? 'ScaleUpLimit' : 'TooManyReplicas')
  return limited(desiredReplicas, 'DesiredWithinRange')
}
