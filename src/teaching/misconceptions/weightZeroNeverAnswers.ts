import { weighted } from '../../domains/aws/route53/weighted.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a record of weight 0 is switched off for good. */
export const weightZeroNeverAnswers = defineMisconception({
  id: 'weight-zero-never-answers',
  concept: 'net.dns',
  rule: weighted,
  says: 'A weighted record with weight 0 is never answered.',
  instead: 'It is answered when all records with a weight are unhealthy.',
  decide: ({ records }, real) => {
    const others = records.filter(({ weight }) => weight > 0)
    return others.length === 0
      ? real({ records })
      : real({ records: records.map((one) => (one.weight > 0 ? one : { ...one, healthy: false })) })
  },
})
