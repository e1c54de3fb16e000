import type { MarkSort, TimelineMark } from '../../host/views/index.ts'

/** A mark that is drawn, with the number of those beside it that had no room. */
export interface ShownMark {
  readonly mark: TimelineMark
  readonly swallowed: number
}

/** Who stays when there is no room: what a person did, then what went wrong, then the rest. */
const WEIGHT: Readonly<Record<MarkSort, number>> = { fault: 4, command: 3, alert: 2, deploy: 1, state: 0 }

/** Keeps marks at least `gap` px apart: the weightier stays and counts its neighbours. Ordered by time. */
export function thinMarks(marks: readonly TimelineMark[], perMs: number, gap = 11): readonly ShownMark[] {
  const order = marks
    .map((mark, position) => ({ mark, position }))
    .sort((a, b) => WEIGHT[b.mark.sort] - WEIGHT[a.mark.sort] || a.position - b.position)
  const kept = new Map<number, { mark: TimelineMark; swallowed: number }>()
  for (const { mark } of order) {
    const cell = Math.round((mark.at * perMs) / gap)
    const near = [cell, cell - 1, cell + 1]
      .map((other) => kept.get(other))
      .find((other) => other && Math.abs(other.mark.at - mark.at) * perMs < gap)
    if (near) near.swallowed++
    else kept.set(cell, { mark, swallowed: 0 })
  }
  return [...kept.values()].sort((a, b) => a.mark.at - b.mark.at || a.mark.event - b.mark.event)
}
