import { circuitBreakerThreshold } from '../../domains/aws/ecs/circuitBreaker.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Knows of the half, and not that at least three tasks must fail. */
export const breakerHasNoLeast = defineMisconception({
  id: 'breaker-has-no-least',
  concept: 'ecs.deployments',
  rule: circuitBreakerThreshold,
  says: 'Half of the desired count is the threshold, however small the service.',
  instead: 'The threshold is never below 3, so that a small service has a fair chance.',
  decide: ({ desired, type, value = 50 }, real) =>
    type === undefined || type === 'BOUNDED_PERCENT'
      ? { threshold: Math.max(1, Math.ceil((desired * value) / 100)) }
      : real({ desired, type, value }),
})
