import type { Candidate, DecisionPicture } from '../../host/views/index.ts'
import { type FilterColumn, filterColumns } from './filterColumns.ts'

/** One moment of a decision as it is stepped through. */
export type TheatreStep =
  | { readonly is: 'enter' }
  | { readonly is: 'filter'; readonly column: number; readonly name: string }
  | { readonly is: 'score'; readonly scorer: number; readonly name: string }
  | { readonly is: 'choose' }

/** Filters that get a column of their own at least. */
const NAMED = 4

/** The moments of a decision: all enter, each filter is asked, each scorer gives points, one is chosen. */
export function theatreSteps(decision: DecisionPicture): {
  readonly columns: readonly FilterColumn[]
  readonly steps: readonly TheatreStep[]
} {
  const columns = filterColumns(decision, NAMED)
  return {
    columns,
    steps: [
      { is: 'enter' },
      ...columns.map(({ name }, column) => ({ is: 'filter' as const, column, name })),
      ...decision.scorers.map(({ name }, scorer) => ({ is: 'score' as const, scorer, name })),
      { is: 'choose' },
    ],
  }
}

/** How many filter columns have been asked at a moment. */
export function askedAt(step: TheatreStep | undefined, columns: number): number {
  if (step?.is === 'enter') return 0
  return step?.is === 'filter' ? step.column + 1 : columns
}

/** How many of the candidates have fallen once the first `columns` filters have been asked. */
export function fallen(candidates: readonly Candidate[], columns: readonly FilterColumn[], asked: number): number {
  const done = new Set(columns.slice(0, asked).map(({ at }) => at))
  return candidates.filter(({ refused }) => refused && done.has(refused.by)).length
}

/** Points times weights of the first `scorers` scorers. */
export function runningTotal(
  { points = [] }: Candidate,
  weights: readonly { readonly weight: number }[],
  scorers: number,
): number {
  return weights.slice(0, scorers).reduce((sum, { weight }, i) => sum + (points[i] ?? 0) * weight, 0)
}

/** The outcome in one line: who won and by how much, or that nobody was left. */
export function outcomeOf({ entered, passed, candidates }: DecisionPicture): {
  readonly head: string
  readonly winner?: string | undefined
  readonly tail: string
} {
  const head = `${entered} enter, ${entered - passed} fall`
  const winner = candidates.find((one) => one.winner)
  if (!winner) return { head, tail: passed === 0 ? 'nobody is left' : `${passed} are left` }
  const best = Math.max(
    ...candidates.filter((one) => one !== winner).map(({ total }) => total ?? Number.NEGATIVE_INFINITY),
  )
  if (!Number.isFinite(best)) return { head, winner: winner.name, tail: 'is the only one left' }
  const ahead = (winner.total ?? 0) - best
  return { head, winner: winner.name, tail: ahead > 0 ? `wins by ${ahead}` : 'wins a draw by lot' }
}
