import { defineLabView } from '../labView.ts'
import { markOf } from './marks.ts'
import { tellEvent } from './telling.ts'

/** What a class reads on the wall: at most twelve words, and what they are about. */
export interface Caption {
  readonly event: number
  readonly at: number
  readonly text: string
  readonly about: string
}

/** Most words of a caption. */
const MOST_WORDS = 12
/** How far back the last event worth a caption is looked for. */
const MOST_LOOKED = 2000

/** The last event that leaves a mark on the timeline, in a few words; `null` when there is none yet. */
export const captionsView = defineLabView<null, Caption | null>({
  name: 'captions',
  reads: ['journal'],
  selectLab({ simulation }) {
    const { journal } = simulation
    const least = Math.max(0, journal.length - MOST_LOOKED)
    for (let i = journal.length - 1; i >= least; i--) {
      const event = journal.at(i)
      const mark = event && markOf(simulation, event)
      if (!event || !mark) continue
      const told = legible(plain(tellEvent(simulation, event).text))
      const text = words(told) <= MOST_WORDS ? told : clause(told, mark.text)
      return { event: event.id, at: event.at, text, about: event.to }
    }
    return null
  },
})

/** Addresses and digests cut to what can be read from the last row. */
function legible(text: string): string {
  return text.replace(/\S{29,}/g, (word) => `${word.replace(/^https?:\/\//, '').slice(0, 18)}\u2026`)
}

/** A sentence without its links and quotes. */
export function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`/g, '')
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}

/** The first clauses that fit, else the short form. */
function clause(told: string, short: string): string {
  const cuts = [...told.matchAll(/[,;:.](?=\s|$)/g)].map((match) => told.slice(0, match.index))
  const fits = cuts.filter((cut) => words(cut) <= MOST_WORDS && words(cut) > 2).at(-1)
  if (fits !== undefined) return `${fits}.`
  const given = short.split(/\s+/)
  return given.length <= MOST_WORDS ? short : given.slice(0, MOST_WORDS).join(' ')
}
