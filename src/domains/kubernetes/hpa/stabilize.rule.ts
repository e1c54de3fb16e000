import { defineRule } from '../../../kernel/rule.ts'

/**
 * Which of the recent recommendations counts, so that a noisy metric does not make the count flap.
 * Models: pkg/controller/podautoscaler/horizontal.go stabilizeRecommendationWithBehaviors, stabilizeRecommendation
 */
export const stabilize = defineRule({
  id: 'k8s.hpa.stabilize',
  says: 'Shrinking follows the highest recommendation of its window, growing the lowest of its own.',
  source: 'pkg/controller/podautoscaler/horizontal.go stabilizeRecommendationWithBehaviors',
  decide: stabilizeWithBehavior,
  vector: (input: StabilizeCase) => {
    const recommendations = input.recommendations.map(({ replicas, secondsAgo }) => ({
      replicas,
      at: 0 - secondsAgo * 1000,
    }))
    const common = { now: 0, desiredReplicas: input.desiredReplicas, recommendations }
    const { replicas, recommendations: after } =
      input.fn === 'noBehavior'
        ? stabilizeWithoutBehavior({ ...common, window: (input.downscaleStabilizationSeconds ?? 0) * 1000 })
        : stabilizeWithBehavior({
            ...common,
            currentReplicas: input.currentReplicas ?? 0,
            scaleUpWindow: (input.scaleUpWindowSeconds ?? 0) * 1000,
            scaleDownWindow: (input.scaleDownWindowSeconds ?? 0) * 1000,
          })
    return {
      replicas,
      recommendationsAfter: after.map((recommendation) => recommendation.replicas),
      recommendationCountAfter: after.length,
    }
  },
})

/** A count that was recommended, and when (ms). */
export interface Recommendation {
  readonly replicas: number
  readonly at: number
}

/** The count to use, and the recommendations to keep: the newest takes the place of an expired one, the last found. */
export interface Stabilized {
  readonly replicas: number
  readonly recommendations: readonly Recommendation[]
}

/** Windows in ms. The current count stays if it lies between the lowest recent wish to grow and the highest to shrink. */
export function stabilizeWithBehavior(input: {
  readonly currentReplicas: number
  readonly desiredReplicas: number
  readonly scaleUpWindow: number
  readonly scaleDownWindow: number
  readonly recommendations: readonly Recommendation[]
  readonly now: number
}): Stabilized & { readonly reason: 'ScaleUpStabilized' | 'ScaleDownStabilized'; readonly message: string } {
  const { desiredReplicas, now, currentReplicas } = input
  const upCutoff = now - input.scaleUpWindow
  const downCutoff = now - input.scaleDownWindow
  let up = desiredReplicas
  let down = desiredReplicas
  let expired = -1
  for (const [index, { replicas, at }] of input.recommendations.entries()) {
    if (at > upCutoff) up = Math.min(replicas, up)
    if (at > downCutoff) down = Math.max(replicas, down)
    if (at < upCutoff && at < downCutoff) expired = index
  }
  const growing = desiredReplicas >= currentReplicas
  return {
    replicas: Math.min(Math.max(currentReplicas, up), down),
    recommendations: remember(input.recommendations, expired, { replicas: desiredReplicas, at: now }),
    reason: growing ? 'ScaleUpStabilized' : 'ScaleDownStabilized',
    message: growing
      ? 'recent recommendations were lower than current one, applying the lowest recent recommendation'
      : 'recent recommendations were higher than current one, applying the highest recent recommendation',
  }
}

/** Without `spec.behavior` only shrinking is damped: the highest recommendation of the window (ms) counts. */
export function stabilizeWithoutBehavior(input: {
  readonly desiredReplicas: number
  readonly window: number
  readonly recommendations: readonly Recommendation[]
  readonly now: number
}): Stabilized {
  const { desiredReplicas, now } = input
  let highest = desiredReplicas
  let expired = -1
  for (const [index, { replicas, at }] of input.recommendations.entries()) {
    if (at < now - input.window) expired = index
    else highest = Math.max(highest, replicas)
  }
  return {
    replicas: highest,
    recommendations: remember(input.recommendations, expired, { replicas: desiredReplicas, at: now }),
  }
}

interface StabilizeCase {
  readonly fn: string
  readonly currentReplicas?: number
  readonly desiredReplicas: number
  readonly scaleUpWindowSeconds?: number
  readonly scaleDownWindowSeconds?: number
  readonly downscaleStabilizationSeconds?: number
  readonly recommendations: readonly { readonly replicas: number; readonly secondsAgo: number }[]
}

function remember(known: readonly Recommendation[], expired: number, newest: Recommendation): Recommendation[] {
  return expired < 0 ? [...known, newest] : known.with(expired, newest)
}
