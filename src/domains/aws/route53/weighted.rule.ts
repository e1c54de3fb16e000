import { defineRule } from '../../../kernel/index.ts'

/**
 * How likely each weighted record is the answer.
 * Models: Route 53 developer guide, routing-policy-weighted.md, health-checks-how-route-53-chooses-records.md
 */
export const weighted = defineRule({
  id: 'route53.weighted',
  says: 'A healthy record is answered by its weight over the sum; weight 0 only when all others are unhealthy; if none is healthy, all count.',
  source: 'Route 53 developer guide, health-checks-how-route-53-chooses-records.md',
  decide: probabilities,
  vector: (input: { readonly records: readonly WeightedRecord[] }) => ({
    probability: fractions(probabilities(input)),
  }),
})

/** `healthy` is null when the record has no health check, which counts as healthy. */
export interface WeightedRecord {
  readonly id: string
  readonly weight: number
  readonly healthy: boolean | null
}

/** Parts of the whole, by record id: `shares[id] / total`. */
export interface Weighting {
  readonly shares: { readonly [id: string]: number }
  readonly total: number
}

export function probabilities({ records }: { readonly records: readonly WeightedRecord[] }): Weighting {
  const healthy = records.filter((record) => record.healthy !== false)
  const considered = healthy.length > 0 ? healthy : records
  const sum = considered.reduce((total, { weight }) => total + weight, 0)
  const share = (record: WeightedRecord) => (!considered.includes(record) ? 0 : sum === 0 ? 1 : record.weight)
  return {
    shares: Object.fromEntries(records.map((record) => [record.id, share(record)])),
    total: sum === 0 ? considered.length : sum,
  }
}

/** In lowest terms, as `n/d`. */
function fractions({ shares, total }: Weighting): { readonly [id: string]: string } {
  return Object.fromEntries(
    Object.entries(shares).map(([id, share]) => {
      const by = divisor(share, total)
      return [id, `${share / by}/${total / by}`]
    }),
  )
}

function divisor(a: number, b: number): number {
  return b === 0 ? Math.max(1, a) : divisor(b, a % b)
}
