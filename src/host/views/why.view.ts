import { defineLabView } from '../labView.ts'
import { type Told, tellEvent } from './telling.ts'

/** The chain from what is asked about back to the command that started it. */
export interface Why {
  /** The question: why it is in the state that it is in. */
  readonly state?: string | undefined
  readonly chain: readonly Told[]
  /** Reasons that controllers gave for leaving it as it is, still standing. */
  readonly declined: readonly { readonly controller: string; readonly reason: string }[]
}

/** Why an entity is as it is (`entity`), or why an event happened (`event`). */
export const whyView = defineLabView<{ entity?: string; event?: number }, Why>({
  name: 'why',
  reads: ['journal'],
  selectLab(lab, { entity, event }) {
    const { simulation } = lab
    const subject = entity === undefined ? undefined : simulation.world.get(entity)
    const start = event ?? (entity === undefined ? undefined : lastChange(lab, entity))
    const chain = start === undefined ? [] : simulation.journal.why(start).map((past) => tellEvent(simulation, past))
    const declined = Object.entries(subject?.declined ?? {})
      .filter(([, given]) => given.entry === subject?.entry)
      .map(([controller, { reason }]) => ({ controller, reason }))
    return { state: subject?.state, chain, declined }
  },
})

/** The last event that changed the state of an entity, else the last about it at all. */
function lastChange(
  lab: { readonly simulation: import('../../kernel/index.ts').Simulation },
  entity: string,
): number | undefined {
  const { journal } = lab.simulation
  let any: number | undefined
  for (let i = journal.length - 1; i >= 0; i--) {
    const event = journal.at(i)
    if (event?.to !== entity) continue
    any ??= event.id
    if (event.from !== event.into) return event.id
  }
  return any
}
