import { defineRule } from '../../../kernel/rule.ts'

/**
 * How fast `spec.behavior` lets the count move.
 * Models: pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithBehaviorRate
 */
export const behaviorRate = defineRule({
  id: 'k8s.hpa.behaviorRate',
  says: 'Each policy allows so much change within its period, changes already made in it included; the most (or least) generous policy decides.',
  source: 'pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithBehaviorRate',
  decide: limitByBehavior,
})

/** `spec.behavior.scaleUp` or `.scaleDown`, defaulted. */
export interface ScalingRules {
  readonly stabilizationWindowSeconds?: number
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled' | (string & {})
  readonly policies: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[]
}

/** A change made earlier: how many replicas, how long ago. */
export interface ScaleEvent {
  readonly replicaChange: number
  readonly secondsAgo: number
}

/** `desiredReplicas` is already stabilized. */
export interface BehaviorInput {
  readonly currentReplicas: number
  readonly desiredReplicas: number
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly scaleUp: ScalingRules
  readonly scaleDown: ScalingRules
  readonly scaleUpEvents: readonly ScaleEvent[]
  readonly scaleDownEvents: readonly ScaleEvent[]
}

/** A count with the reason and message of the HPA's ScalingLimited condition. */
export interface Limited {
  readonly replicas: number
  readonly reason: 'DesiredWithinRange' | 'TooFewReplicas' | 'TooManyReplicas' | 'ScaleUpLimit' | 'ScaleDownLimit'
  readonly message: string
}

/** What each reason says. */
export const limitMessages: Readonly<Record<Limited['reason'], string>> = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
}

/** The count that the policies and the bounds allow. A limit never moves against the direction. */
export function limitByBehavior(input: BehaviorInput): Limited {
  const { currentReplicas, desiredReplicas, minReplicas, maxReplicas } = input
  if (desiredReplicas > currentReplicas) {
    const limit = Math.max(currentReplicas, scaleUpLimit(input))
    const most = Math.min(limit, maxReplicas)
    if (desiredReplicas > most) return limited(most, maxReplicas > limit ? 'ScaleUpLimit' : 'TooManyReplicas')
  } else if (desiredReplicas < currentReplicas) {
    const limit = Math.min(currentReplicas, scaleDownLimit(input))
    const least = Math.max(limit, minReplicas)
    if (desiredReplicas < least) return limited(least, minReplicas < limit ? 'ScaleDownLimit' : 'TooFewReplicas')
  }
  return limited(desiredReplicas, 'DesiredWithinRange')
}

/** Puts the message to a reason. */
export function limited(replicas: number, reason: Limited['reason']): Limited {
  return { replicas, reason, message: limitMessages[reason] }
}

function scaleUpLimit(input: BehaviorInput): number {
  const { scaleUp, currentReplicas } = input
  if (scaleUp.selectPolicy === 'Disabled') return currentReplicas
  const proposals = scaleUp.policies.map(({ type, value, periodSeconds }) => {
    const start = replicasAtStart(input, periodSeconds)
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100))
  })
  return scaleUp.selectPolicy === 'Min' ? Math.min(2147483647, ...proposals) : Math.max(-2147483648, ...proposals)
}

function scaleDownLimit(input: BehaviorInput): number {
  const { scaleDown, currentReplicas } = input
  if (scaleDown.selectPolicy === 'Disabled') return currentReplicas
  const proposals = scaleDown.policies.map(({ type, value, periodSeconds }) => {
    const start = replicasAtStart(input, periodSeconds)
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100))
  })
  return scaleDown.selectPolicy === 'Min' ? Math.max(-2147483648, ...proposals) : Math.min(2147483647, ...proposals)
}

/** The count as it was when the period began. */
function replicasAtStart(input: BehaviorInput, periodSeconds: number): number {
  return (
    input.currentReplicas -
    changeWithin(input.scaleUpEvents, periodSeconds) +
    changeWithin(input.scaleDownEvents, periodSeconds)
  )
}

function changeWithin(events: readonly ScaleEvent[], periodSeconds: number): number {
  return events.reduce((sum, event) => (event.secondsAgo < periodSeconds ? sum + event.replicaChange : sum), 0)
}
