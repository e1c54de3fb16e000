import { failover } from '../../domains/aws/route53/failover.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that somebody must switch over to the secondary. */
export const failoverIsByHand = defineMisconception({
  id: 'failover-is-by-hand',
  concept: 'net.dns',
  rule: failover,
  says: 'The primary is answered until somebody changes the records.',
  instead: 'The health check decides at once: an ill primary gives way to a secondary that is well.',
  decide: () => ({ answer: 'primary' }),
})
