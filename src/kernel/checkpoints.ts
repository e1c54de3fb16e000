import type { Checkpoint } from './simulation.ts'

/** A checkpoint, with how many lines of the history had been given by then. */
export interface Saved {
  readonly given: number
  readonly checkpoint: Checkpoint
}

/** How many events lie between two checkpoints of a small world; a world with more records is saved less often. */
const SPACING = 32
/** Most and fewest checkpoints that are kept, and how many records they may hold together when nothing of them is shared. */
const KEPT = { most: 256, least: 24, records: 65_536 } as const

/**
 * The checkpoints of one branch in order of time, the first of them its beginning. When there are too many, gaps grow with the distance
 * from where the world stands: near it a seek replays a few events, far from it more, and a replay lays new ones where it passes.
 */
export class Checkpoints {
  private readonly saved: Saved[]

  constructor(saved: readonly Saved[]) {
    this.saved = [...saved]
  }

  /** The last one at or before a time. */
  upTo(at: number): Saved {
    let low = 1
    let high = this.saved.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.saved[middle] as Saved).checkpoint.at <= at) low = middle + 1
      else high = middle
    }
    return this.saved[low - 1] as Saved
  }

  /** Those that a fork shares with its parent: what was saved before so many lines and events. */
  until(given: number, length: number): Checkpoints {
    return new Checkpoints(this.saved.filter((one) => one.given <= given && one.checkpoint.journalLength <= length))
  }

  /** Adds what `save` gives, unless there is one close behind already. */
  add(length: number, size: number, save: () => Saved): void {
    const { saved } = this
    let i = saved.length
    while (i > 1 && (saved[i - 1] as Saved).checkpoint.journalLength >= length) i--
    const next = saved[i]?.checkpoint.journalLength
    if (next !== undefined && next - length < spacing(size) >> 1) return
    saved.splice(i, 0, save())
    const most = Math.max(KEPT.least, Math.min(KEPT.most, Math.floor(KEPT.records / size)))
    while (saved.length > most) this.drop(length)
  }

  /** Leaves out the one that is missed least by who stands at `length`: of the smallest gap for its distance. */
  private drop(length: number): void {
    const { saved } = this
    let least = Number.POSITIVE_INFINITY
    let victim = 1
    for (let i = 1; i < saved.length - 1; i++) {
      const gap = place(saved[i + 1]) - place(saved[i - 1])
      const weight = gap / (Math.abs(place(saved[i]) - length) + 8 * SPACING)
      if (weight < least) {
        least = weight
        victim = i
      }
    }
    saved.splice(victim, 1)
  }
}

/** After how many events a world of so many records is saved again: copying them costs less than replaying the events. */
export function spacing(size: number): number {
  return Math.max(SPACING, size >> 3)
}

function place(saved: Saved | undefined): number {
  return saved?.checkpoint.journalLength ?? 0
}
