/** Something on a row: where its middle would like to be, and how wide it is. */
export interface Wish {
  readonly middle: number
  readonly width: number
}

/**
 * Places a row in its given order, `gap` apart at least, as near to all wishes as that allows (least squares, by pooling neighbours that
 * would overlap). Answers with middles.
 */
export function spread(row: readonly Wish[], gap: number): readonly number[] {
  const offsets: number[] = []
  let end = 0
  for (const { width } of row) {
    offsets.push(end + width / 2)
    end += width + gap
  }
  const pools: { sum: number; count: number }[] = []
  for (const [i, { middle }] of row.entries()) {
    let pool = { sum: middle - (offsets[i] ?? 0), count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  const starts = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return row.map((_, i) => (starts[i] ?? 0) + (offsets[i] ?? 0))
}
