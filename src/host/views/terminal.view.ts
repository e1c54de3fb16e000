import type { Session } from '../../shell/index.ts'
import { type TranscriptEntry, transcript } from '../../shell/index.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { faced } from './scene.view.ts'
import { nameOf } from './telling.ts'

/** What a terminal must know of its session. */
export interface SessionState {
  readonly busy: boolean
  /** Whether more of a line is awaited. */
  readonly partial: boolean
  readonly cwd: string
  /** Lines that were run, oldest first. */
  readonly history: readonly string[]
  /** The file for which a program waits on the editor. */
  readonly editing?: string | undefined
  readonly branch: number
  readonly length: number
}

/** One entry of a transcript, with its place in the journal. */
export type TerminalEntry = TranscriptEntry & { readonly position: number }

/** Part of a transcript: everything from `start` on takes the place of what was there. */
export interface TerminalPart {
  readonly branch: number
  readonly start: number
  /** Where the next part begins. */
  readonly next: number
  /** Tells whether the journal before `next` is still the same one. */
  readonly seal: string
  readonly entries: readonly TerminalEntry[]
  /** Things of the world whose names occur in the output, by name. */
  readonly nouns: Nouns
}

export interface Noun {
  readonly id: string
  /** Words for its kind in small letters, for one and for many: `pod`, `pods`. */
  readonly kinds: readonly string[]
}

export type Nouns = { readonly [name: string]: readonly Noun[] }

const idOf = (session: string) => `shell.Session/${session}`

/** Most of the history that is sent for Up and Ctrl+R. */
const MOST_HISTORY = 500

/** The prompt of a session; comes whenever the session or one of its processes has changed. */
export const sessionView = defineLabView<{ session: string }, SessionState>({
  name: 'session',
  reads: ['shell.Session', 'shell.Process'],
  selectLab(lab, { session }) {
    const entity = lab.simulation.world.get(idOf(session)) as Session | undefined
    return {
      busy: entity?.state === 'Busy',
      partial: entity?.partial !== undefined,
      cwd: entity?.shell.cwd ?? '',
      history: entity?.history.slice(-MOST_HISTORY) ?? [],
      editing: entity?.editor?.path,
      branch: lab.timeline.branch.id,
      length: lab.simulation.journal.length,
    }
  },
})

/** A transcript from a place in the journal on, so that a long one is sent once. Begins anew when the journal before is another one. */
export const terminalView = defineLabView<
  { session: string; branch: number; since: number; seal: string },
  TerminalPart
>({
  name: 'terminal',
  reads: ['shell.Session', 'shell.Process'],
  selectLab(lab, { session, branch, since, seal }) {
    const { journal } = lab.simulation
    const id = idOf(session)
    const shown = lab.timeline.branch.id
    let start = branch === shown ? Math.min(since, journal.length) : 0
    if (start === since && start > 0 && sealOf(lab, start) !== seal) start = 0
    const entries = transcript(journal, id, start).map((entry) => ({
      ...entry,
      position: journal.position(entry.event),
    }))
    const partial = (lab.simulation.world.get(id) as Session | undefined)?.partial !== undefined
    const open = partial ? entries.findLast((entry) => entry.is === 'line' && entry.prompt === '$') : undefined
    const next = open?.position ?? journal.length
    return { branch: shown, start, next, seal: sealOf(lab, next), entries, nouns: nounsIn(lab, entries) }
  },
})

function sealOf(lab: Lab, position: number): string {
  const event = lab.simulation.journal.at(position - 1)
  return event ? `${event.id} ${event.at} ${event.to} ${event.type}` : ''
}

const WORD = /[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g

function nounsIn({ simulation }: Lab, entries: readonly TranscriptEntry[]): Nouns {
  const words = new Set<string>()
  for (const entry of entries) {
    if (entry.is !== 'output') continue
    for (const [word] of entry.text.matchAll(WORD)) {
      words.add(word)
      if (word.includes('.')) for (const part of word.split('.')) words.add(part)
    }
  }
  if (words.size === 0) return {}
  const nouns: Record<string, Noun[]> = {}
  for (const [face, entity] of faced(simulation)) {
    const name = nameOf(entity.id)
    if (!words.has(name)) continue
    nouns[name] ??= []
    nouns[name].push({ id: entity.id, kinds: [face.label.toLowerCase(), face.plural.toLowerCase()] })
  }
  return nouns
}
