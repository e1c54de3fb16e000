import { COMMANDED, type FaceFix, type PastEvent, type Simulation } from '../../kernel/index.ts'
import { Beside, MOST_BESIDE } from '../beside.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { type Decision, decisionOf, isDecision } from './decision.ts'

/** One thing that could have been otherwise, and what would have been decided then. */
export interface Change {
  readonly label: string
  readonly line: string
  /** When the line is given, or when to begin where it has to do with a line of the history. */
  readonly at: number
  /** The line in whose place it is given, or right behind which; without either it is given beside all others. */
  readonly insteadOf?: Given | undefined
  readonly behind?: Given | undefined
  /** `node-c1 wins, 829 to 705`. */
  readonly outcome: string
  /** Whether somebody else wins, or more or fewer come through. */
  readonly changed: boolean
}

interface Given {
  readonly at: number
  readonly line: string
}

/** What was tried, and what came of it: those that change the verdict first. */
export interface Changes {
  readonly tried: number
  readonly found: readonly Change[]
  /** The line that led to the decision, where there is a moment before it. */
  readonly root?: Given | undefined
  /** Set where the world is too large to be run a second time. */
  readonly tooLarge?: boolean | undefined
}

/** How long before the decision a line is given, so that its tool has done its work by then; and how long one waits for the new decision. In virtual ms. */
const LEAD = 1500
const PATIENCE = 15_000
const MOST_TRIED = 24

/**
 * What a decision would have been if one thing had been otherwise: the edits that faces know for those considered and for the subject, or one
 * line that a person gives. Each is run in a world beside this one, from the moment before, with all lines that were given since.
 */
export const changesView = defineLabView<{ event: number; line?: string; instead?: string }, Changes | null>({
  name: 'changes',
  reads: [],
  selectLab(lab, { event, line, instead }) {
    const found = lab.simulation.journal.byId(event)
    if (!found || !isDecision(found.inputs)) return null
    if (lab.simulation.size > MOST_BESIDE) return { tried: 0, found: [], tooLarge: true }
    const asked = questionOf(lab, found)
    const { root } = asked
    const early = Math.max(0, found.at - LEAD)
    const plans: Plan[] =
      instead !== undefined
        ? root
          ? [{ label: instead, line: instead, at: root.at - 1, insteadOf: root }]
          : []
        : line !== undefined
          ? [{ label: line, line, at: early }]
          : [
              // What the subject is made from is changed when that was said; at another time there would be two of it.
              ...asked.ofSubject.map((edit) =>
                root ? { ...edit, at: root.at - 1, behind: root } : { ...edit, at: early },
              ),
              ...asked.ofOthers.map((edit) => ({ ...edit, at: early })),
            ].slice(0, MOST_TRIED)
    const all = plans.map((plan): Change => ({ ...plan, ...tried(lab, plan, asked) }))
    const suggested = line === undefined && instead === undefined
    return { tried: all.length, found: suggested ? all.filter(({ changed }) => changed) : all, root }
  },
})

type Plan = Omit<Change, 'outcome' | 'changed'>

function tried(lab: Lab, { line, at, insteadOf, behind }: Plan, asked: Question): Pick<Change, 'outcome' | 'changed'> {
  const beside = new Beside(lab, at)
  const about = insteadOf ?? behind
  if (about)
    beside.instead = (given) => {
      if (given.at !== about.at || given.line !== about.line) return [given.line]
      return insteadOf ? [line] : [given.line, line]
    }
  else beside.simulation.command(line, 'trial', 'trial')
  return outcomeOf(beside, asked)
}

interface Question {
  readonly event: PastEvent
  readonly was: Decision
  readonly family: string
  readonly root: Given | undefined
  /** Edits of those that were considered, and of the subject. */
  readonly ofOthers: readonly FaceFix[]
  readonly ofSubject: readonly FaceFix[]
}

function questionOf(lab: Lab, event: PastEvent): Question {
  const { journal } = lab.simulation
  const beside = new Beside(lab, Math.max(0, event.at - 1))
  beside.take(journal.position(event.id), event.at)
  const { simulation } = beside
  const { world } = simulation
  // A subject that comes into being by the decision is looked at after it.
  if (!world.get(event.to)) beside.take(journal.position(event.id) + 1, event.at)
  const was = decisionOf(simulation, event) as Decision
  const changesOf = (id: string | undefined): readonly FaceFix[] => {
    const entity = id === undefined ? undefined : world.get(id)
    const changes = entity && simulation.kind(entity.kind)?.face?.changes
    return entity && changes ? changes(entity, world, world.get(event.to)) : []
  }
  const root = journal.why(event.id).at(-1)
  const { line } = (root?.data ?? {}) as { readonly line?: string }
  return {
    event,
    was,
    family: familyOf(simulation, event.to),
    root: root?.type === COMMANDED && line !== undefined && root.at > 0 ? { at: root.at, line } : undefined,
    ofOthers: was.candidates.flatMap(({ id }) => changesOf(id)),
    ofSubject: changesOf(event.to),
  }
}

/** What is decided instead: about the same subject, or else about the first of its family. */
function outcomeOf(beside: Beside, { event, was, family }: Question): Pick<Change, 'outcome' | 'changed'> {
  const { simulation } = beside
  const { journal } = simulation
  const limit = event.at + PATIENCE
  let other: Decision | undefined
  let read = journal.length
  for (let length = -1; length !== journal.length; ) {
    length = journal.length
    beside.take(length + 1, limit)
    for (; read < journal.length; read++) {
      const past = journal.at(read)
      if (!past || past.kind !== event.kind || past.at < event.at - LEAD || !isDecision(past.inputs)) continue
      if (past.to === event.to) return compared(was, decisionOf(simulation, past))
      if (past.at >= event.at && !other && familyOf(simulation, past.to) === family)
        other = decisionOf(simulation, past)
    }
    // The subject itself may still come a little later than another of its family.
    if (other && simulation.now > other.at + 1000) break
  }
  return compared(was, other)
}

function compared(was: Decision, is: Decision | undefined): Pick<Change, 'outcome' | 'changed'> {
  if (!is) return { outcome: 'it is not decided at all then', changed: true }
  const [winner, ...others] = ranked(is)
  const before = ranked(was)[0]
  const changed = winner?.name !== before?.name || is.passed !== was.passed || is.entered !== was.entered
  if (!winner) return { outcome: is.passed === 0 ? 'nobody is left' : `${is.passed} are left`, changed }
  const still = winner.name === before?.name ? 'still wins' : 'wins'
  const next = others[0]
  if (next && next.total === winner.total)
    return { outcome: `${winner.name} ${still} by lot: ${next.name} has ${next.total} points too`, changed }
  const points = next ? `, ${winner.total} to ${next.total}` : ', as the only one left'
  return { outcome: `${winner.name} ${still}${points}`, changed }
}

function ranked({ candidates }: Decision): Decision['candidates'] {
  const scored = candidates.filter(({ total }) => total !== undefined)
  if (!scored.some(({ winner }) => winner)) return []
  return [...scored].sort((a, b) => Number(b.winner) - Number(a.winner) || (b.total ?? 0) - (a.total ?? 0))
}

/** The first of its owners. */
function familyOf({ world }: Simulation, id: string): string {
  let first = id
  for (let i = 0; i < 8; i++) {
    const owner = world.get(first)?.owner
    if (owner === undefined) break
    first = owner
  }
  return first
}
