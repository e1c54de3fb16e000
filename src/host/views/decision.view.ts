import type { PastEvent } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { type Decision, decisionOf, isDecision } from './decision.ts'
import { calledOf, wordsOf } from './telling.ts'

/** A decision with what the tools print of it and what its subject asks for. */
export interface DecisionPicture extends Decision {
  readonly words: readonly { readonly source: string; readonly message: string; readonly warning: boolean }[]
  readonly asks: readonly (readonly [string, string])[]
  readonly label: string
  /** What its subject is called. */
  readonly called: string
}

/** The decision of an event, or the last one about an entity; `null` when there is none with a table. */
export const decisionView = defineLabView<{ entity?: string; event?: number }, DecisionPicture | null>({
  name: 'decision',
  reads: ['journal'],
  selectLab(lab, { entity, event }) {
    const { simulation } = lab
    const { journal, world } = simulation
    let found: PastEvent | undefined = event === undefined ? undefined : journal.byId(event)
    const born = entity === undefined ? undefined : world.get(entity)?.born
    const first = born === undefined ? 0 : Math.max(0, journal.position(born))
    if (event === undefined)
      for (let i = journal.length - 1; i >= first && !found; i--) {
        const past = journal.at(i)
        if (past?.to === entity && isDecision(past?.inputs)) found = past
      }
    const decision = found && decisionOf(simulation, found)
    if (!found || !decision) return null
    const subject = world.get(decision.subject)
    const face = found.kind === undefined ? undefined : simulation.kind(found.kind)?.face
    const look = subject && face?.look(subject, world)
    return {
      ...decision,
      words: wordsOf(found),
      asks: (subject && face?.asks?.(subject, world)) ?? look?.facts ?? [],
      label: face?.label ?? 'It',
      called: calledOf(simulation, decision.subject),
    }
  },
})
