import { COMMANDED, type Journal, type PastEvent, type Simulation } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { ofLine } from './made.view.ts'
import { toneOf } from './telling.ts'

/** What whoever sits here has done in this world up to the moment shown, and what there is to do it to. */
export interface Firsts {
  /** A line was typed at a prompt. */
  readonly typed: boolean
  /** A line or a gesture brought something into being. */
  readonly built: boolean
  /** One of many was well, and a line ended that. */
  readonly killed: boolean
  /** A machine was well, and is not because of a line. */
  readonly broke: boolean
  /** What one of many and a machine are called here; absent when there is none. */
  readonly one: string | undefined
  readonly machine: string | undefined
}

type Done = { -readonly [name in 'typed' | 'built' | 'killed' | 'broke']: boolean }

/** First things that were done, read off the journal: by whom a line was given, what it made and what stopped being well through it. */
export const firstsView = defineLabView<null, Firsts>({
  name: 'firsts',
  reads: ['journal'],
  selectLab({ simulation }) {
    return { ...doneIn(simulation), one: commonest(simulation, 'chip'), machine: commonest(simulation, 'host') }
  },
})

/** How far a journal has been read; it only grows, except when another past is gone to. */
const readSoFar = new WeakMap<
  Journal,
  { length: number; last: number | undefined; own: Set<number>; readonly done: Done }
>()

function doneIn(simulation: Simulation): Done {
  const { journal } = simulation
  let read = readSoFar.get(journal)
  if (!read || read.length > journal.length || journal.at(read.length - 1)?.id !== read.last) {
    read = {
      length: 0,
      last: undefined,
      own: new Set(),
      done: { typed: false, built: false, killed: false, broke: false },
    }
    readSoFar.set(journal, read)
  }
  for (let i = read.length; i < journal.length; i++) {
    const event = journal.at(i)
    if (event) take(simulation, event, read.own, read.done)
  }
  read.length = journal.length
  read.last = journal.at(journal.length - 1)?.id
  return { ...read.done }
}

/** Lines that were there before anybody sat down, or that a lesson gives. */
const NOT_OWN: ReadonlySet<string | undefined> = new Set(['scene', 'lesson', 'timeline'])

function take(simulation: Simulation, event: PastEvent, own: Set<number>, done: Done): void {
  const { journal } = simulation
  if (event.type === COMMANDED) {
    if (NOT_OWN.has(event.by)) return
    own.add(event.id)
    if (event.by === undefined) done.typed = true
    return
  }
  if (own.size === 0 || event.kind === undefined) return
  const kind = simulation.kind(event.kind)
  if (!kind?.face) return
  if (event.from === undefined) {
    if (!done.built && ofLine(event, journal, own)) done.built = true
    return
  }
  const fell = toneOf(kind, event.from) === 'ok' && toneOf(kind, event.into) !== 'ok'
  if (!fell) return
  const { shape } = kind.face
  if (shape === 'chip' && !done.killed) done.killed = ofLine(event, journal, own) || isFault(simulation, event, own)
  else if (shape === 'host' && !done.broke) done.broke = isFault(simulation, event, own)
}

/** Whether it goes back to one of those lines, through whatever happened by itself between, and that line was meant to break something. */
function isFault({ journal }: Simulation, event: PastEvent, own: ReadonlySet<number>): boolean {
  const root = journal.why(event.id).at(-1)
  if (root === undefined || !own.has(root.id)) return false
  return root.by === 'fault' || /\bfault\b/.test(String((root.data as { line?: string } | undefined)?.line ?? ''))
}

function commonest(simulation: Simulation, shape: 'chip' | 'host'): string | undefined {
  let most: { readonly label: string; readonly count: number } | undefined
  for (const { kind, face } of simulation.allKinds()) {
    const count = face?.shape === shape ? simulation.world.count(kind) : 0
    if (face && count > (most?.count ?? 0)) most = { label: face.label, count }
  }
  return most?.label
}
