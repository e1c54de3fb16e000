import { STEP, type Track } from '../route/path.ts'

/** Requests on one line: how many px apart, how fast, how many of them fail. */
export interface Flow {
  readonly track: Track
  /** Requests per second. */
  readonly rate: number
  /** ms. */
  readonly p95: number
  /** Share, 0 to 1. */
  readonly errors: number
  /** How many times fewer dots are drawn than the rate says, where all lines together would show too many; 1 when absent. */
  readonly thin?: number | undefined
}

/** Most dots on all lines together: beyond, a picture says no more, and every frame costs more. */
export const MOST_DOTS = 600

/** How many times fewer dots all of these lines must show. */
export function thinning(flows: readonly { readonly track: Track; readonly rate: number }[]): number {
  const wanted = flows.reduce((sum, { track, rate }) => sum + (rate > 0 ? track.length / gapOf(rate) : 0), 0)
  return Math.max(1, wanted / MOST_DOTS)
}

/** Px between two dots: 40/s are 36 px apart, 120/s 12. */
export function gapOf(rate: number): number {
  return Math.min(220, Math.max(9, 1440 / Math.max(rate, 0.01)))
}

/** Px per second: quick answers travel fast. */
export function speedOf(p95: number): number {
  return Math.min(200, Math.max(26, 7200 / (p95 + 30)))
}

/** The dots of one line: each keeps its outcome for the whole way, and a change of rate moves none that is under way. */
export class Dots {
  private flow: Flow
  private offsets: number[] = []
  private failed: boolean[] = []
  /** Share of failures that are still owed: dots are whole, shares are not. */
  private owed: number

  constructor(flow: Flow, seed: number) {
    this.flow = flow
    this.owed = (seed % 97) / 97
    for (let s = flow.track.length; s >= 0 && flow.rate > 0; s -= this.gap) this.send(s)
  }

  /** The same line with other figures or another way; dots beyond its end are gone. */
  follow(flow: Flow): void {
    this.flow = flow
  }

  advance(seconds: number): void {
    const { track, rate, p95 } = this.flow
    const way = speedOf(p95) * seconds
    for (let i = 0; i < this.offsets.length; i++) this.offsets[i] = (this.offsets[i] as number) + way
    while (this.offsets.length > 0 && (this.offsets[0] as number) > track.length) {
      this.offsets.shift()
      this.failed.shift()
    }
    if (rate <= 0) return
    const { gap } = this
    for (let last = this.offsets.at(-1) ?? gap; last >= gap; last -= gap) this.send(Math.min(last - gap, way))
  }

  /** Calls with the place of each dot and whether its request fails. */
  each(draw: (x: number, y: number, failed: boolean) => void): void {
    const { points } = this.flow.track
    for (let i = 0; i < this.offsets.length; i++) {
      const at = (this.offsets[i] as number) / STEP
      const k = Math.floor(at)
      const x = points[k * 2]
      const y = points[k * 2 + 1]
      if (x === undefined || y === undefined) continue
      const t = at - k
      draw(x + ((points[k * 2 + 2] ?? x) - x) * t, y + ((points[k * 2 + 3] ?? y) - y) * t, this.failed[i] as boolean)
    }
  }

  get count(): number {
    return this.offsets.length
  }

  private get gap(): number {
    return gapOf(this.flow.rate) * (this.flow.thin ?? 1)
  }

  private send(at: number): void {
    this.owed += this.flow.errors
    const fails = this.owed >= 1
    if (fails) this.owed -= 1
    this.offsets.push(at)
    this.failed.push(fails)
  }
}
