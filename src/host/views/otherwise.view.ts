import type { PastEvent, Simulation } from '../../kernel/index.ts'
import { rules } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { inForceAt, replacementsFor } from './replaced.ts'

/** One thing that people believe of a rule by which something was decided, and the line by which a branch runs by it. */
export interface Otherwise {
  readonly id: string
  readonly rule: string
  /** What the rule really says. */
  readonly real: string
  readonly says: string
  readonly instead: string
  /** The moment before the decision, at which the line is to be given. */
  readonly at: number
  readonly line: string
  /** Whether it was in force when that was decided, so that the line takes it back. */
  readonly inForce: boolean
}

/** What might be believed of the rules on the way to an event, latest decision first. Nothing is told of a decision that has no moment before it. */
export const otherwiseView = defineLabView<{ event: number }, readonly Otherwise[]>({
  name: 'otherwise',
  reads: ['journal'],
  ofDomains: true,
  selectLab({ simulation }, { event }) {
    const found = new Map<string, Otherwise>()
    for (const past of simulation.journal.why(event))
      for (const one of about(simulation, past)) if (!found.has(one.id)) found.set(one.id, one)
    return [...found.values()]
  },
})

function about(simulation: Simulation, past: PastEvent): readonly Otherwise[] {
  if (past.rule === undefined || past.at === 0) return []
  return replacementsFor(past.rule).map(({ id, rule, says, instead }) => {
    const inForce = inForceAt(simulation, rule, past)?.id === id
    const line = `lab rule ${inForce ? 'restore' : 'replace'} ${id}`
    return { id, rule, real: rules.get(rule)?.says ?? rule, says, instead, at: past.at - 1, line, inForce }
  })
}
