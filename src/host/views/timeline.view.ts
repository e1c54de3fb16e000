import type { PastEvent, Simulation } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf } from './telling.ts'

export type MarkSort = 'command' | 'deploy' | 'state' | 'alert' | 'fault'

/** One mark on a lane. */
export interface TimelineMark {
  readonly event: number
  readonly at: number
  readonly sort: MarkSort
  readonly text: string
  readonly about: string
}

export interface Lane {
  readonly id: number
  readonly name: string
  readonly parent?: number | undefined
  readonly forkedAt: number
  readonly end: number
  readonly marks: readonly TimelineMark[]
}

/** The lanes of the timeline in a stretch of time, and what is due. */
export interface TimelinePicture {
  readonly lanes: readonly Lane[]
  readonly due: readonly { readonly at: number; readonly to: string; readonly text: string }[]
}

/** Most marks drawn on a lane: when there are more, every n-th state mark goes first. */
const MOST_MARKS = 240

/** Marks of all branches between two times, and what is due until the later one. */
export const timelineView = defineLabView<{ from: number; to: number }, TimelinePicture>({
  name: 'timeline',
  reads: ['journal'],
  selectLab(lab, { from, to }) {
    const { timeline, simulation } = lab
    return {
      lanes: timeline.branches.map(({ id, name, parent, forkedAt, end }) => ({
        id,
        name,
        parent,
        forkedAt,
        end,
        marks: thin(marks(simulation, timeline.pastOf(id), from, to)),
      })),
      due: simulation
        .due(60)
        .filter((mark) => mark.delay !== undefined && mark.at <= to)
        .map((mark) => ({ at: mark.at, to: mark.to, text: `${nameOf(mark.to)} ${mark.delay}` })),
    }
  },
})

function marks(simulation: Simulation, past: readonly PastEvent[], from: number, to: number): TimelineMark[] {
  const found: TimelineMark[] = []
  for (const event of past) {
    if (event.at < from || event.at > to) continue
    const sort = sortOf(simulation, event)
    if (sort) found.push({ event: event.id, at: event.at, sort, text: textOf(event), about: event.to })
  }
  return found
}

function sortOf(simulation: Simulation, event: PastEvent): MarkSort | undefined {
  if (event.type === 'Commanded') return event.by === 'fault' ? 'fault' : 'command'
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  const named = kind?.face?.marks?.[event.type]
  if (named) return named
  if (!kind?.face || event.from === event.into) return undefined
  return kind.lifecycle.tags(event.into).includes('err') ? 'alert' : undefined
}

function textOf(event: PastEvent): string {
  if (event.type === 'Commanded') return String((event.data as { line?: string } | undefined)?.line ?? '')
  return `${nameOf(event.to)} ${event.into}`
}

function thin(all: TimelineMark[]): TimelineMark[] {
  if (all.length <= MOST_MARKS) return all
  const weighty = all.filter((mark) => mark.sort !== 'state')
  const step = Math.ceil(weighty.length / MOST_MARKS)
  return weighty.filter((mark, i) => i % step === 0 || mark.sort === 'command' || mark.sort === 'fault')
}
