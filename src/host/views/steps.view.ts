import type { PastEvent, Simulation } from '../../kernel/index.ts'
import { DECLINED } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf, type Told, tellEvent } from './telling.ts'

/** One thing that followed from an event, and who did it. */
export interface Step extends Told {
  /** Who did it: what drew the consequence, or the thing itself. */
  readonly actor: { readonly id: string; readonly name: string; readonly label: string; readonly pictogram: string }
}

/** How far the consequences of one event are followed, in journaled events. */
const MOST_FOLLOWED = 4000

/**
 * What followed from the latest line that was given by `by` (`fault`), in order: events whose causes lead back to it, that changed a
 * thing's state and were done by someone, each actor and thing told once for each type.
 */
export const stepsView = defineLabView<{ by: string; most: number }, readonly Step[]>({
  name: 'steps',
  reads: ['journal'],
  selectLab({ simulation }, { by, most }) {
    const { journal } = simulation
    let root = journal.length - 1
    while (root >= 0 && !(journal.at(root)?.by === by && journal.at(root)?.causes.length === 0)) root--
    const first = journal.at(root)
    if (!first) return []
    const following = new Set([first.id])
    const told = new Set<string>()
    const steps: Step[] = []
    for (let i = root + 1; i < journal.length && i < root + MOST_FOLLOWED && steps.length < most; i++) {
      const event = journal.at(i)
      if (!event?.causes.some((cause) => following.has(cause))) continue
      following.add(event.id)
      if (!worthTelling(simulation, event)) continue
      const key = `${event.by ?? event.to} ${event.to} ${event.type}`
      if (told.has(key)) continue
      told.add(key)
      steps.push({ ...tellEvent(simulation, event), actor: actorOf(simulation, event) })
    }
    return steps
  },
})

/** Things that a person can see: a faced thing came, went or changed its state, and not by having been left alone. */
function worthTelling(simulation: Simulation, event: PastEvent): boolean {
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  return kind?.face !== undefined && event.type !== DECLINED && event.from !== event.into
}

function actorOf(simulation: Simulation, event: PastEvent): Step['actor'] {
  const id = event.by ?? event.to
  const entity = simulation.world.get(id)
  const face = entity && simulation.kind(entity.kind)?.face
  return { id, name: nameOf(id), label: face?.label ?? nameOf(id), pictogram: face?.pictogram ?? 'object' }
}
