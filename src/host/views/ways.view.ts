import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'

/** By event type: the action of its face that brings it about now. */
export type Ways = { readonly [type: string]: string }

/** How long an action may take to show, in virtual ms. */
const PATIENCE = 2000
/** A world with more things than this is not copied once for each action. */
const MOST_ENTITIES = 20_000

/**
 * Which of an entity's actions cause which of the events that its state listens to: each is tried on a fork, and what would have
 * happened anyway does not count.
 */
export const waysView = defineLabView<{ entity: string }, Ways>({
  name: 'ways',
  reads: ['*'],
  selectLab(lab, { entity }) {
    const { simulation } = lab
    const subject = simulation.world.get(entity)
    const face = subject && simulation.kind(subject.kind)?.face
    if (!subject || !face?.actions || simulation.size > MOST_ENTITIES) return {}
    const anyway = new Set(leaving(lab, [], entity, subject.state))
    const ways: Record<string, string> = {}
    for (const { id, line } of face.actions(subject, simulation.world)) {
      const first = leaving(lab, [line], entity, subject.state).find((type) => !anyway.has(type))
      if (first !== undefined) ways[first] ??= id
    }
    return ways
  },
})

/** Types of the events that happen to an entity in its present state within a moment after some lines. */
function leaving(lab: Lab, lines: readonly string[], entity: string, state: string): readonly string[] {
  const before = lab.simulation.journal.length
  return lab.trial(lines, PATIENCE, ({ simulation: { journal } }) =>
    journal
      .slice(before)
      .filter((event) => event.to === entity && event.from === state && event.into !== state)
      .map((event) => event.type),
  )
}
