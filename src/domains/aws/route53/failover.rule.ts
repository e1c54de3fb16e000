import { defineRule } from '../../../kernel/index.ts'

/**
 * Which of two failover records is the answer.
 * Models: Route 53 developer guide, health-checks-how-route-53-chooses-records.md (failover records)
 */
export const failover = defineRule({
  id: 'route53.failover',
  says: 'The primary answers while it is healthy, then the secondary; when both are unhealthy, the primary answers again.',
  source: 'Route 53 developer guide, health-checks-how-route-53-chooses-records.md',
  decide: chooseFailover,
})

/** Null stands for no health check, which counts as healthy. */
export function chooseFailover(input: {
  readonly primaryHealthy: boolean | null
  readonly secondaryHealthy: boolean | null
}): { readonly answer: 'primary' | 'secondary' } {
  if (input.primaryHealthy !== false) return { answer: 'primary' }
  return { answer: input.secondaryHealthy === false ? 'primary' : 'secondary' }
}
