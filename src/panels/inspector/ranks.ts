/** A way from one box to another. */
export interface Way {
  readonly from: string
  readonly to: string
}

/** More boxes than this leading to one make it a hub: what can happen from almost anywhere. */
export const HUB = 4

/** Boxes, other than the first, that more than `HUB` others lead to. */
export function hubsOf(ways: readonly Way[], initial: string): ReadonlySet<string> {
  const sources = new Map<string, Set<string>>()
  for (const { from, to } of ways) if (from !== to) sources.set(to, (sources.get(to) ?? new Set()).add(from))
  return new Set([...sources].flatMap(([to, from]) => (from.size > HUB && to !== initial ? [to] : [])))
}

/**
 * The row of each box: as many steps from the first as it takes without passing a hub; a hub comes below all that lead to it, and what is
 * final comes last. Boxes that nothing leads to come first.
 */
export function ranksOf(
  boxes: readonly string[],
  ways: readonly Way[],
  initial: string,
  finals: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const hubs = hubsOf(ways, initial)
  const rank = new Map<string, number>([[initial, 0]])
  const walk = (queue: string[]) => {
    for (let here = queue.shift(); here !== undefined; here = queue.shift())
      for (const { from, to } of ways)
        if (from === here && !rank.has(to) && !hubs.has(to)) {
          rank.set(to, (rank.get(here) ?? 0) + 1)
          queue.push(to)
        }
  }
  walk([initial])
  for (const hub of boxes.filter((box) => hubs.has(box))) {
    const above = ways.filter(({ from, to }) => to === hub && from !== hub).map(({ from }) => rank.get(from) ?? 0)
    rank.set(hub, Math.max(...above) + 1)
    walk([hub])
  }
  for (const box of boxes) if (!rank.has(box)) rank.set(box, 0)
  const last = Math.max(...boxes.filter((box) => !finals.has(box)).map((box) => rank.get(box) ?? 0))
  for (const box of finals) rank.set(box, last + 1)
  const used = [...new Set(rank.values())].sort((a, b) => a - b)
  return new Map([...rank].map(([box, at]) => [box, used.indexOf(at)]))
}
