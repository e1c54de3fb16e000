import { COMMANDED, type PastEvent, type Simulation, type Tone } from '../../kernel/index.ts'
import { calledOf, toneOf } from './telling.ts'

export type MarkSort = 'command' | 'deploy' | 'state' | 'alert' | 'fault'

/** One mark on a lane. */
export interface TimelineMark {
  readonly event: number
  readonly at: number
  readonly sort: MarkSort
  readonly tone?: Tone | undefined
  readonly text: string
  readonly about: string
}

/**
 * The mark that an event leaves, if any: a line given, what its face names, an alert where a faced thing enters a state tagged `err`,
 * and a state mark where it becomes `ok` after it was not.
 */
export function markOf(simulation: Simulation, event: PastEvent): TimelineMark | undefined {
  const sort = sortOf(simulation, event)
  if (!sort) return undefined
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  const given = event.type === COMMANDED
  return {
    event: event.id,
    at: event.at,
    sort,
    tone: given || sort === 'deploy' || !kind ? undefined : toneOf(kind, event.into),
    text: given
      ? String((event.data as { line?: string } | undefined)?.line ?? '')
      : `${calledOf(simulation, event.to)}: ${event.into}`,
    about: event.to,
  }
}

function sortOf(simulation: Simulation, event: PastEvent): MarkSort | undefined {
  if (event.type === COMMANDED) return event.by === 'fault' ? 'fault' : 'command'
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  const named = kind?.face?.marks?.[event.type]
  if (named) return named
  if (!kind?.face || event.from === event.into) return undefined
  const tone = toneOf(kind, event.into)
  if (tone === 'err') return 'alert'
  return tone === 'ok' && event.from !== undefined ? 'state' : undefined
}

/** Positions in a list of events, ordered by time, of those between two times. */
export function stretch(past: readonly PastEvent[], from: number, to: number): readonly [number, number] {
  return [firstAfter(past, from - 1), firstAfter(past, to)]
}

function firstAfter(past: readonly PastEvent[], at: number): number {
  let low = 0
  let high = past.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((past[middle] as PastEvent).at <= at) low = middle + 1
    else high = middle
  }
  return low
}
