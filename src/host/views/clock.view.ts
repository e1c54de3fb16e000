import { defineLabView } from '../labView.ts'

/** Where the world stands in time. */
export interface Clock {
  readonly now: number
  /** How far this branch has been run. */
  readonly end: number
  readonly inPast: boolean
  readonly playing: boolean
  readonly speed: number
  readonly seed: number
  readonly branch: number
  readonly branches: readonly {
    readonly id: number
    readonly name: string
    readonly parent?: number | undefined
    readonly forkedAt: number
    readonly end: number
  }[]
  /** Ids of replaced rules. */
  readonly entities: number
  readonly events: number
}

/** The clock and the branches. */
export const clockView = defineLabView<null, Clock>({
  name: 'clock',
  reads: ['time'],
  selectLab(lab) {
    const { timeline, simulation } = lab
    return {
      now: timeline.now,
      end: timeline.branch.end,
      inPast: timeline.inPast,
      playing: lab.playing,
      speed: lab.speed,
      seed: simulation.seed,
      branch: timeline.branch.id,
      branches: timeline.branches.map(({ id, name, parent, forkedAt, end }) => ({ id, name, parent, forkedAt, end })),
      entities: simulation.size,
      events: simulation.journal.length,
    }
  },
})
