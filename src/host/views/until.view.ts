import type { PastEvent } from '../../kernel/index.ts'
import { fitsGlob } from '../goals/glob.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { markOf } from './marks.ts'
import { calledOf, toneOf } from './telling.ts'

/** What to run until: the next alert or fault, any state of a thing that is tagged `ok`, its next change of state, or an event by patterns with `*`. */
export type Until =
  | { readonly next: 'alert' }
  | { readonly next: 'ok'; readonly entity: string }
  | { readonly next: 'change'; readonly entity: string }
  | { readonly next: 'event'; readonly type: string; readonly about: string }

/** The moment at which it comes true, and what happens then. */
export interface Reached {
  readonly at: number
  readonly text: string
}

/** Furthest look ahead, in virtual ms and in events. */
const AHEAD = 30 * 60_000
const MOST_EVENTS = 200_000

/**
 * When something will come true if nobody does anything: found by running on and throwing that away, or, in the past, by reading what is
 * known to lie ahead. `null` when it does not within half an hour.
 */
export const untilView = defineLabView<Until, Reached | null>({
  name: 'until',
  reads: ['*'],
  selectLab(lab, until) {
    if (lab.timeline.inPast) {
      for (const event of lab.timeline.pastOf(lab.timeline.branch.id)) {
        if (event.at <= lab.timeline.now) continue
        const reached = fits(lab, until, event)
        if (reached) return reached
      }
      return null
    }
    const limit = lab.timeline.now + AHEAD
    return lab.trial([], 0, ({ simulation }) => {
      for (let i = 0; i < MOST_EVENTS; i++) {
        const event = simulation.step(limit)
        if (!event) return null
        const reached = fits(lab, until, event)
        if (reached) return reached
      }
      return null
    })
  },
})

function fits({ simulation }: Lab, until: Until, event: PastEvent): Reached | undefined {
  const reached = { at: event.at, text: `${calledOf(simulation, event.to)}: ${event.into}` }
  if (until.next === 'alert') {
    const sort = markOf(simulation, event)?.sort
    return sort === 'alert' || sort === 'fault' ? reached : undefined
  }
  if (until.next === 'event')
    return fitsGlob(until.type, event.type) && fitsGlob(until.about, event.to) ? reached : undefined
  if (event.to !== until.entity || event.from === event.into) return undefined
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  return until.next === 'change' || (kind && toneOf(kind, event.into) === 'ok') ? reached : undefined
}
