import type { Lab } from './lab.ts'

/** What a page keeps so that a world can be had again: the seed and everything that was given. */
export interface Save {
  readonly version: 1
  readonly seed: number
  /** Where it stood, in virtual ms. */
  readonly at: number
  /** Id of the branch that was shown. */
  readonly shown: number
  readonly branches: readonly SavedBranch[]
  /** Moments that the learner marked. The lab itself has no use for them. */
  readonly bookmarks?: readonly Bookmark[] | undefined
}

/** A moment with a name. */
export interface Bookmark {
  readonly at: number
  readonly branch: number
  readonly name: string
}

export interface SavedBranch {
  readonly id: number
  readonly name: string
  readonly parent?: number | undefined
  readonly forkedAt: number
  readonly end: number
  readonly history: readonly SavedLine[]
}

export interface SavedLine {
  readonly at: number
  readonly line: string
  readonly session: string
  readonly by?: string | undefined
}

/** A beginning without a past: a seed, and lines that are given at once. */
export interface Beginning {
  readonly seed: number
  readonly lines: readonly string[]
}

/** Everything needed to have this lab again. */
export function saveOf(lab: Lab): Save {
  const { timeline } = lab
  return {
    version: 1,
    seed: lab.simulation.seed,
    at: timeline.now,
    shown: timeline.branch.id,
    branches: timeline.branches.map(({ id, name, parent, forkedAt, end, history }) => ({
      id,
      name,
      forkedAt,
      end,
      history: history.map(({ at, line, session, by }) => ({ at, line, session, ...(by === undefined ? {} : { by }) })),
      ...(parent === undefined ? {} : { parent }),
    })),
  }
}

/** Brings a fresh lab of the same seed to where a save stood, or gives it the lines of a beginning. */
export function load(lab: Lab, from: Save | Beginning): void {
  if ('lines' in from) {
    for (const line of from.lines) lab.command(line, 'main', 'scene')
    return
  }
  lab.timeline.adopt(
    from.branches.map((branch) => ({ ...branch, parent: branch.parent })),
    from.shown,
    from.at,
  )
}
