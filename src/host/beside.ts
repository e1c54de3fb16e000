import { type Given, Simulation } from '../kernel/index.ts'
import type { Lab } from './lab.ts'

/** Largest world, in things, that a second one is made of. */
export const MOST_BESIDE = 20_000

/**
 * A second world beside a lab's: the shown branch as it was at an earlier moment, for questions about its past. The lab itself does not
 * move. One stands at a time: a later one of the same lab takes its place.
 */
export class Beside {
  readonly simulation: Simulation
  /** What is given for a line of the history that is due: the line itself, another one in its place, or both. */
  instead: (given: Given) => readonly string[] = ({ line }) => [line]
  private coming: Given[]

  constructor(lab: Lab, at: number) {
    this.simulation = simulationOf(lab)
    this.coming = [...lab.timeline.lend(this.simulation, at)]
    this.run(at)
  }

  /** Runs to a time, and gives the lines of the history that are due on the way. */
  run(at: number): void {
    for (let next = this.coming[0]; next && next.at <= at; next = this.coming[0]) {
      this.coming.shift()
      this.simulation.advanceTo(next.at)
      for (const line of this.instead(next)) this.simulation.command(line, next.session, next.by)
    }
    this.simulation.advanceTo(at)
  }

  /** Takes events until so many have happened, or until `limit`. A line that is due counts with all that follows from it at once. */
  take(length: number, limit: number): void {
    const { simulation } = this
    while (simulation.journal.length < length) {
      const next = this.coming[0]
      const due = simulation.nextAt() ?? Number.POSITIVE_INFINITY
      if (Math.min(next?.at ?? Number.POSITIVE_INFINITY, due) > limit) return
      if (next && next.at < due) this.run(next.at)
      else simulation.step(limit)
    }
  }

  /** Does something here and takes it back. */
  trial<T>(work: () => T): T {
    const { coming } = this
    const saved = this.simulation.checkpoint()
    try {
      this.coming = [...coming]
      return work()
    } finally {
      this.simulation.restore(saved)
      this.coming = coming
    }
  }
}

const besides = new WeakMap<Lab, Simulation>()

function simulationOf(lab: Lab): Simulation {
  const made = besides.get(lab) ?? new Simulation({ domains: lab.domains, seed: lab.simulation.seed })
  besides.set(lab, made)
  return made
}
