import { COMMANDED, type Journal, type PastEvent } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

/** What became of command lines. */
export interface Made {
  /** Number of events of the journal, to ask from there later. */
  readonly end: number
  /** Whether the lines were given on this branch, before the moment shown. */
  readonly given: boolean
  /** Ids of what the lines themselves brought into being and that is still there, oldest first; what followed from it by itself is not among them. */
  readonly ids: readonly string[]
}

/** What lines brought into being that were given at or after a place in the journal; without lines, where the journal ends now. */
export const madeView = defineLabView<{ lines: readonly string[]; since: number }, Made>({
  name: 'made',
  reads: ['journal'],
  selectLab({ simulation }, { lines, since }) {
    const { journal, world } = simulation
    const roots = new Set<number>()
    const ids: string[] = []
    const wanted = new Set(lines)
    for (let i = Math.max(0, since); i < journal.length; i++) {
      const event = journal.at(i)
      if (!event) continue
      if (event.type === COMMANDED) {
        if (wanted.has(String((event.data as { readonly line?: unknown } | undefined)?.line))) roots.add(event.id)
      } else if (event.from === undefined && !isOfShell(event) && ofLine(event, journal, roots)) {
        const entity = world.get(event.to)
        if (entity?.born === event.id) ids.push(event.to)
      }
    }
    return { end: journal.length, given: roots.size > 0, ids }
  },
})

/** Whether a command did it by itself: between the event and the line there is nothing but the shell. */
export function ofLine(event: PastEvent, journal: Journal, roots: ReadonlySet<number>): boolean {
  for (let at: PastEvent | undefined = event, steps = 0; at && steps < 64; steps++) {
    const [cause]: readonly (number | undefined)[] = at.causes
    if (cause === undefined) return roots.has(at.id)
    at = journal.at(journal.position(cause))
    if (at && !isOfShell(at)) return false
  }
  return false
}

function isOfShell({ to }: PastEvent): boolean {
  return to.startsWith('shell.')
}
