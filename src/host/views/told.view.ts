import { defineLabView } from '../labView.ts'
import { type MarkSort, markOf } from './marks.ts'
import { type Told, tellEvent } from './telling.ts'

/** One line of the table of events. */
export interface ToldEvent extends Told {
  readonly kind: string
  readonly sort?: MarkSort | undefined
}

/** The latest events whose sentence or target holds all words of `query`, newest first; `of` counts those that happened. */
export interface ToldEvents {
  readonly events: readonly ToldEvent[]
  readonly of: number
}

/** How far back a filter looks. */
const MOST_LOOKED = 20_000

/** What happened, told. `marked` leaves only what leaves a mark on the timeline. */
export const toldView = defineLabView<{ query: string; most: number; marked: boolean }, ToldEvents>({
  name: 'told',
  reads: ['journal'],
  selectLab({ simulation }, { query, most, marked }) {
    const { journal } = simulation
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    const events: ToldEvent[] = []
    const least = Math.max(0, journal.length - MOST_LOOKED)
    for (let i = journal.length - 1; i >= least && events.length < most; i--) {
      const event = journal.at(i)
      if (!event) continue
      const sort = markOf(simulation, event)?.sort
      if (marked && !sort) continue
      const told = tellEvent(simulation, event)
      const text = `${told.text} ${told.to} ${told.type}`.toLowerCase()
      if (words.some((word) => !text.includes(word))) continue
      const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
      events.push({ ...told, kind: kind?.face?.label ?? event.kind ?? '', sort })
    }
    return { events, of: journal.length }
  },
})
