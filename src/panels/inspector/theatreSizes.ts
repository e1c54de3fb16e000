import type { DecisionPicture } from '../../host/views/index.ts'
import type { FilterColumn } from './filterColumns.ts'

/** How wide names and columns are on a stage, in px: as its longest words need. */
export interface StageSizes {
  readonly name: number
  readonly column: number
}

/** `room` is how wide the whole stage may be: columns take what is left of it. */
export function stageSizes(
  { candidates, scorers }: Pick<DecisionPicture, 'candidates' | 'scorers'>,
  columns: readonly FilterColumn[],
  room = 0,
): StageSizes {
  const longest = Math.max(0, ...candidates.map(({ name, note }) => Math.max(name.length, (note?.length ?? 0) * 0.68)))
  const word = Math.max(
    0,
    ...[...columns, ...scorers].flatMap(({ name }) => nameParts(name)).map(({ length }) => length),
  )
  const name = Math.max(NAME, Math.min(280, Math.ceil(longest * 8.4 + 44)))
  const least = Math.max(COLUMN, Math.min(150, Math.ceil(word * 6.5 + 3)))
  const share = (room - name - SIEVE - TOTAL - BIND) / Math.max(1, columns.length + scorers.length)
  return { name, column: Math.max(least, Math.min(WIDEST, Math.floor(share))) }
}

/** Pieces of a rule's name, between which it may break: before capitals, and behind signs. */
export function nameParts(name: string): readonly string[] {
  return name.split(/(?<=[a-z])(?=[A-Z])|(?<=[(:.])/)
}

/** Sizes of the stage in px: columns, the room for the sieve, a lane and its pitch, and the heads above them. */
export const NAME = 168
export const COLUMN = 88
const WIDEST = 240
export const SIEVE = 46
export const TOTAL = 92
export const BIND = 138
export const LANE = 61
export const PITCH = 69
export const HEAD = 98
/** How far above the stage the middle of the ticket is, from which the way of the subject begins. */
export const ABOVE = 42

/** How much larger everything is on the wall: half again as large, where a stage still fits. */
export function wallZoom(): number {
  return Math.max(1, Math.min(1.5, window.innerWidth / 1400))
}
