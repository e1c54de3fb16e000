/** What a view of a history of commits answers, as far as it is drawn here. Rows go from the newest down. */
export interface History {
  readonly commits: readonly Commit[]
  readonly refs: readonly { readonly name: string; readonly sort: string; readonly commit: string }[]
  readonly head: { readonly commit: string | null; readonly branch: string | null }
  readonly lanes: number
}

/** One commit: the column that it stands in, and the lines that leave its row downwards. */
export interface Commit {
  readonly id: string
  readonly parents: readonly string[]
  readonly subject: string
  readonly author: string
  /** Seconds since 1970. */
  readonly at: number
  readonly lane: number
  readonly lines: readonly { readonly from: number; readonly to: number; readonly commit: string }[]
}

/** Measures of the drawing in px. */
export const ROW = 40
const LANE = 14
const EDGE = 10

/** Middle of a lane. */
export function laneX(lane: number): number {
  return EDGE + lane * LANE
}

export function graphWidth(lanes: number): number {
  return laneX(Math.max(1, lanes) - 1) + EDGE
}

/** A line from the middle of one row to the middle of the next: straight down, or over to another lane in a soft bend. */
export function linePath(row: number, from: number, to: number): string {
  const [x1, y1, x2, y2] = [laneX(from), row * ROW + ROW / 2, laneX(to), (row + 1) * ROW + ROW / 2]
  return x1 === x2 ? `M${x1} ${y1}V${y2}` : `M${x1} ${y1}C${x1} ${y1 + ROW / 2} ${x2} ${y2 - ROW / 2} ${x2} ${y2}`
}

/** When it was made, to the minute: `2026-01-01 00:04`. */
export function commitTime(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')
}

/** Names at a commit, HEAD's branch first. */
export function refsAt({ refs, head }: History, id: string): readonly { name: string; sort: string; head: boolean }[] {
  const here = refs
    .filter(({ commit }) => commit === id)
    .map(({ name, sort }) => ({ name, sort, head: sort === 'branch' && name === head.branch }))
  const bare = head.commit === id && head.branch === null ? [{ name: 'HEAD', sort: 'head', head: true }] : []
  return [...bare, ...here].sort((a, b) => Number(b.head) - Number(a.head))
}
