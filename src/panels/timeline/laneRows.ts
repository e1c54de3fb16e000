/** What a lane needs to be placed. */
interface Placed {
  readonly id: number
  readonly forkedAt: number
  readonly end: number
}

/** The line of the first branch, and of forks from near to far, in px from the top of the strip. */
const MAIN = 40
const FORKS: readonly number[] = [16, 28, 6]

/**
 * Where each lane lies: the first branch below, forks above it, two on one line when their stretches do not meet. Forks that find no
 * line are left out (the menu has them all); the shown one always has a place.
 */
export function laneRows(lanes: readonly Placed[], shown: number, gap: number): ReadonlyMap<number, number> {
  const rows = new Map<number, number>()
  const taken = FORKS.map(() => [] as Placed[])
  const [first, ...forks] = lanes
  if (first) rows.set(first.id, MAIN)
  for (const fork of forks.toSorted((a, b) => Number(b.id === shown) - Number(a.id === shown) || b.id - a.id)) {
    const line = taken.findIndex((others) =>
      others.every((other) => fork.end + gap < other.forkedAt || other.end + gap < fork.forkedAt),
    )
    if (line < 0) continue
    taken[line]?.push(fork)
    rows.set(fork.id, FORKS[line] as number)
  }
  return rows
}

/** The branch whose lane carries a time of a branch: its own from the fork on, before that the one that it left. */
export function laneAt(
  branches: readonly { readonly id: number; readonly parent?: number | undefined; readonly forkedAt: number }[],
  branch: number,
  at: number,
): number {
  const one = branches.find(({ id }) => id === branch)
  if (one?.parent === undefined || at >= one.forkedAt) return branch
  return laneAt(branches, one.parent, at)
}
