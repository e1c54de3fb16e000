import type { Outcome, Sureness } from './outcome.ts'

/** How often a learner was right when so sure. `share` is undefined while there is nothing to judge by. */
export interface CalibrationPoint {
  readonly sureness: Sureness
  /** What the word claims, as a share: a guess 0.4, fairly sure 0.7, certain 0.95. */
  readonly claimed: number
  readonly right: number
  readonly of: number
  readonly share: number | undefined
}

const CLAIMED: Readonly<Record<Sureness, number>> = { 1: 0.4, 2: 0.7, 3: 0.95 }

/** Sureness against success: who is well calibrated has shares near what the words claim. */
export function calibrationOf(outcomes: readonly Outcome[]): readonly CalibrationPoint[] {
  return ([1, 2, 3] as const).map((sureness) => {
    const own = outcomes.filter((outcome) => outcome.sureness === sureness)
    const right = own.filter((outcome) => outcome.right).length
    return {
      sureness,
      claimed: CLAIMED[sureness],
      right,
      of: own.length,
      share: own.length === 0 ? undefined : right / own.length,
    }
  })
}

/** The mean squared distance between what was claimed and what came about; 0 is perfect, undefined without any sureness. */
export function brierOf(outcomes: readonly Outcome[]): number | undefined {
  const own = outcomes.filter((outcome) => outcome.sureness !== undefined)
  if (own.length === 0) return undefined
  const sum = own.reduce(
    (total, { sureness, right }) => total + (CLAIMED[sureness as Sureness] - (right ? 1 : 0)) ** 2,
    0,
  )
  return sum / own.length
}
