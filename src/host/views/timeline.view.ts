import type { PastEvent, Simulation } from '../../kernel/index.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { markOf, stretch, type TimelineMark } from './marks.ts'
import { calledOf } from './telling.ts'

export type { MarkSort, TimelineMark } from './marks.ts'

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

/** Most marks drawn on a lane: when there are more, state marks go first, then every n-th of the rest. */
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
        marks: thin(marks(simulation, eventsOf(lab, id, from, to))),
      })),
      due: simulation
        .due(60)
        .filter((mark) => mark.delay !== undefined && mark.at <= to)
        .map((mark) => ({ at: mark.at, to: mark.to, text: `${calledOf(simulation, mark.to)} ${mark.delay}` })),
    }
  },
})

/** The shown branch is read from the journal itself while it is live, since a copy of a long past is dear. */
function eventsOf({ timeline, simulation }: Lab, id: number, from: number, to: number): readonly PastEvent[] {
  if (id === timeline.branch.id && !timeline.inPast) {
    const { journal } = simulation
    return journal.slice(journal.after(Math.max(from, timeline.branch.forkedAt) - 1), journal.after(to))
  }
  const past = timeline.pastOf(id)
  return past.slice(...stretch(past, from, to))
}

function marks(simulation: Simulation, past: readonly PastEvent[]): TimelineMark[] {
  const found: TimelineMark[] = []
  for (const event of past) {
    const mark = markOf(simulation, event)
    if (mark) found.push(mark)
  }
  return found
}

function thin(all: TimelineMark[]): TimelineMark[] {
  if (all.length <= MOST_MARKS) return all
  const weighty = all.filter((mark) => mark.sort !== 'state')
  const step = Math.ceil(weighty.length / MOST_MARKS)
  return weighty.filter((mark, i) => i % step === 0 || mark.sort === 'command' || mark.sort === 'fault')
}
