import { circuitBreakerThreshold } from '../../domains/aws/ecs/circuitBreaker.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that as many tasks must fail as the service wants. */
export const breakerWaitsForAll = defineMisconception({
  id: 'breaker-waits-for-all',
  concept: 'ecs.deployments',
  rule: circuitBreakerThreshold,
  says: 'The circuit breaker waits until as many tasks have failed as are desired.',
  instead: 'Half of the desired count is enough, with 3 as the least and 200 as the most.',
  decide: ({ desired }) => ({ threshold: desired }),
})
