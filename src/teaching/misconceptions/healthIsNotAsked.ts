import { weighted } from '../../domains/aws/route53/weighted.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that weights alone decide what is answered. */
export const healthIsNotAsked = defineMisconception({
  id: 'health-is-not-asked',
  concept: 'net.dns',
  rule: weighted,
  says: 'Weighted records are answered by their weights, whatever their health checks say.',
  instead: 'Unhealthy records are left out, and the weights of the others count, as long as any is healthy.',
  decide: ({ records }, real) => real({ records: records.map((one) => ({ ...one, healthy: null })) }),
})
