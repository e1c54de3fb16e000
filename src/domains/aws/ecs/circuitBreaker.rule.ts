import { defineRule } from '../../../kernel/index.ts'

/**
 * After how many failed tasks the deployment circuit breaker gives a deployment up.
 * Models: ECS API ServiceDeploymentCircuitBreaker and ThresholdConfiguration
 */
export const circuitBreakerThreshold = defineRule({
  id: 'ecs.circuitBreaker.threshold',
  says: 'Half of the desired count, rounded up, but at least 3 and at most 200 failed tasks end a deployment, unless configured otherwise.',
  source: 'ECS API ServiceDeploymentCircuitBreaker, ThresholdConfiguration',
  decide: (input: ThresholdInput) => ({ threshold: thresholdOf(input) }),
})

/** `type` and `value` as in ThresholdConfiguration; BOUNDED_PERCENT of 50 when absent. */
export interface ThresholdInput {
  readonly desired: number
  readonly type?: string | undefined
  readonly value?: number | undefined
}

function thresholdOf({ desired, type = 'BOUNDED_PERCENT', value = 50 }: ThresholdInput): number {
  if (type === 'COUNT') return value
  const share = Math.ceil((desired * value) / 100)
  return type === 'UNBOUNDED_PERCENT' ? share : Math.min(200, Math.max(3, share))
}
