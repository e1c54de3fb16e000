import { failover } from '../../domains/aws/route53/failover.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an ill primary is never answered. */
export const failoverStaysAway = defineMisconception({
  id: 'failover-stays-away',
  concept: 'net.dns',
  rule: failover,
  says: 'As long as the primary is ill, the secondary is answered.',
  instead: 'When both are ill, Route 53 answers the primary: it never answers nothing.',
  decide: ({ primaryHealthy }) => ({ answer: primaryHealthy === false ? 'secondary' : 'primary' }),
})
