import type { PastEvent, Simulation } from '../../kernel/index.ts'
import { Beside, MOST_BESIDE } from '../beside.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { type Candidate, type Decision, decisionOf, isDecision } from './decision.ts'
import { inForceAt, replacementsFor } from './replaced.ts'
import { calledOf, wordsOf } from './telling.ts'

/** A decision with what the tools print of it and what its subject asks for, all as it was when it was made. */
export interface DecisionPicture extends Decision {
  readonly words: readonly { readonly source: string; readonly message: string; readonly warning: boolean }[]
  readonly asks: readonly (readonly [string, string])[]
  readonly label: string
  /** What its subject is called. */
  readonly called: string
  /** What this world believed instead of what really holds. */
  readonly replaced: readonly { readonly id: string; readonly rule: string; readonly says: string }[]
}

/** The decision of an event, or the last one about an entity; `null` when there is none with a table. */
export const decisionView = defineLabView<{ entity?: string; event?: number }, DecisionPicture | null>({
  name: 'decision',
  reads: ['journal'],
  selectLab(lab, { entity, event }) {
    const found = event === undefined ? lastAbout(lab.simulation, entity) : lab.simulation.journal.byId(event)
    return (found && pictureOf(lab, found)) ?? null
  },
})

function lastAbout({ journal, world }: Simulation, entity: string | undefined): PastEvent | undefined {
  const born = entity === undefined ? undefined : world.get(entity)?.born
  const first = born === undefined ? 0 : Math.max(0, journal.position(born))
  for (let i = journal.length - 1; i >= first; i--) {
    const past = journal.at(i)
    if (past?.to === entity && isDecision(past?.inputs)) return past
  }
  return undefined
}

/** What was decided does not change any more, so its picture is made once for each branch. */
const pictures = new WeakMap<Lab, Map<string, DecisionPicture>>()

function pictureOf(lab: Lab, event: PastEvent): DecisionPicture | undefined {
  if (!isDecision(event.inputs)) return undefined
  const known = pictures.get(lab) ?? new Map<string, DecisionPicture>()
  pictures.set(lab, known)
  const key = `${lab.timeline.branch.id} ${event.id}`
  const made = known.get(key) ?? draw(lab, event)
  if (made) known.set(key, made)
  return made
}

function draw(lab: Lab, event: PastEvent): DecisionPicture | undefined {
  const { simulation } = lab
  const position = simulation.journal.position(event.id)
  const beside = simulation.size <= MOST_BESIDE ? new Beside(lab, Math.max(0, event.at - 1)) : undefined
  beside?.take(position, event.at)
  const then = beside?.simulation ?? simulation
  const decision = decisionOf(then, event)
  if (!decision) return undefined
  const face = event.kind === undefined ? undefined : then.kind(event.kind)?.face
  const asksNow = () => {
    const subject = then.world.get(decision.subject)
    return subject && face && (face.asks?.(subject, then.world) ?? face.look(subject, then.world).facts ?? [])
  }
  const before = asksNow()
  beside?.take(position + 1, event.at)
  return {
    ...decision,
    candidates: decision.candidates.map((one) => (one.winner && beside ? given(one, then) : one)),
    words: wordsOf(event),
    // A subject that comes into being by the decision is looked at after it.
    asks: before ?? asksNow() ?? [],
    label: face?.label ?? 'It',
    called: calledOf(then, decision.subject),
    replaced: replacedIn(simulation, event),
  }
}

/** The winner, with what it holds once it has won. */
function given(one: Candidate, simulation: Simulation): Candidate {
  const { world } = simulation
  const entity = one.id === undefined ? undefined : world.get(one.id)
  const meters = entity && simulation.kind(entity.kind)?.face?.look(entity, world).meters
  if (!meters) return one
  return {
    ...one,
    meters: one.meters.map((meter) => {
      const after = meters.find(({ label }) => label === meter.label)
      return after ? { ...meter, gets: Math.max(0, after.requested - meter.had), text: after.text } : meter
    }),
  }
}

function replacedIn(simulation: Simulation, event: PastEvent): DecisionPicture['replaced'] {
  if (event.rule === undefined) return []
  const asked = new Set(replacementsFor(event.rule).map(({ rule }) => rule))
  return [...asked].flatMap((rule) => {
    const one = inForceAt(simulation, rule, event)
    return one ? [{ id: one.id, rule, says: one.says }] : []
  })
}
