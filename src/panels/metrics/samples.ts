/** Most moments that are kept. */
const MOST = 240

/** What was measured while it was looked at: by moment, a value for each key. A seek back forgets what came after. */
export class Samples {
  times: readonly number[] = []
  private rows: readonly ReadonlyMap<string, number>[] = []

  take(at: number, values: ReadonlyMap<string, number>): void {
    let keep = this.times.length
    while (keep > 0 && (this.times[keep - 1] as number) >= at) keep--
    const from = Math.max(0, keep - MOST + 1)
    this.times = [...this.times.slice(from, keep), at]
    this.rows = [...this.rows.slice(from, keep), values]
  }

  of(key: string): readonly (number | undefined)[] {
    return this.rows.map((row) => row.get(key))
  }
}
