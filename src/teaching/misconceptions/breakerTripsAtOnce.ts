import { circuitBreakerThreshold } from '../../domains/aws/ecs/circuitBreaker.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that one failed task is enough for the circuit breaker. */
export const breakerTripsAtOnce = defineMisconception({
  id: 'breaker-trips-at-once',
  concept: 'ecs.deployments',
  rule: circuitBreakerThreshold,
  says: 'The circuit breaker ends a deployment at the first task that fails.',
  instead: 'It waits for a number of failed tasks: half of the desired count, but at least 3.',
  decide: () => ({ threshold: 1 }),
})
