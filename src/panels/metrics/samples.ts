import type { Measured } from '../../host/views/index.ts'

/** Most samples that a line shows. */
const MOST = 80

/** What was measured while it was looked at, as shares of the whole. A seek back forgets what came after. */
export class Samples {
  private readonly kept = new Map<string, { at: number; share: number }[]>()
  private last = -1

  take(at: number, things: readonly Measured[]): void {
    if (at === this.last) return
    if (at < this.last) {
      for (const [key, samples] of this.kept)
        this.kept.set(
          key,
          samples.filter((sample) => sample.at <= at),
        )
    }
    this.last = at
    for (const { id, meters } of things) {
      for (const { label, used, of } of meters) {
        const key = `${id} ${label}`
        const samples = this.kept.get(key) ?? []
        samples.push({ at, share: of > 0 ? used / of : 0 })
        if (samples.length > MOST) samples.shift()
        this.kept.set(key, samples)
      }
    }
  }

  of(id: string, label: string): readonly number[] {
    return (this.kept.get(`${id} ${label}`) ?? []).map(({ share }) => share)
  }
}
