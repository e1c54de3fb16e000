/** Something on a row: where its middle would like to be, and how wide it is. */
export interface Wish {
  readonly middle: number
  readonly width: number
  /** How much its wish counts; 1 when absent. */
  readonly weight?: number | undefined
}

/**
 * Places a row in its given order, `gap` apart at least, as near to all wishes as that allows (weighted least squares, by pooling
 * neighbours that would overlap). Answers with middles.
 */
export function spread(row: readonly Wish[], gap: number): readonly number[] {
  const offsets: number[] = []
  let end = 0
  for (const { width } of row) {
    offsets.push(end + width / 2)
    end += width + gap
  }
  const pools: { sum: number; weight: number; count: number }[] = []
  for (const [i, { middle, weight = 1 }] of row.entries()) {
    let pool = { sum: (middle - (offsets[i] ?? 0)) * weight, weight, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, weight: pool.weight + last.weight, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  const starts = pools.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight))
  return row.map((_, i) => (starts[i] ?? 0) + (offsets[i] ?? 0))
}
