import { digest } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

/** What tells two runs apart: their seed, how much happened, and the SHA-256 of it all. */
export interface RunDigest {
  readonly seed: number
  readonly events: number
  readonly digest: string
}

/** Longest journal that is digested: a longer one would hold up the world for seconds. */
const MOST_EVENTS = 300_000

/** The digest of what happened up to `until` in virtual ms; null where the journal is too long for it. */
export const digestView = defineLabView<{ until: number }, RunDigest | null>({
  name: 'digest',
  reads: ['journal'],
  selectLab({ simulation: { seed, journal } }, { until }) {
    const events = journal.after(until)
    if (events > MOST_EVENTS) return null
    return { seed, events, digest: digest(journal.slice(0, events)) }
  },
})
