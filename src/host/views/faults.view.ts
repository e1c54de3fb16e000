import type { Simulation } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { calledOf } from './telling.ts'

/** One thing that can be broken now, and the line that breaks it. */
export interface Fault {
  readonly label: string
  readonly line: string
  readonly about: string
}

/** Things that are offered for one fault; a class needs a choice, not a list. */
const EACH = 1

/** What can be broken in this world: every fault once, shown by the youngest thing that has it, since that is most likely what is talked about. */
export const faultsView = defineLabView<null, readonly Fault[]>({
  name: 'faults',
  reads: ['journal'],
  selectLab({ simulation }) {
    return [...simulation.allKinds()].flatMap(({ kind }) => faultsOf(simulation, kind))
  },
})

function faultsOf(simulation: Simulation, kind: string): readonly Fault[] {
  const { world } = simulation
  const face = simulation.kind(kind)?.face
  if (!face?.actions) return []
  const offered = new Map<string, number>()
  const faults: Fault[] = []
  for (const entity of [...world.all(kind)].reverse()) {
    for (const { id, label, line, sort } of face.actions(entity, world)) {
      const count = offered.get(id) ?? 0
      if (sort !== 'fault' || count >= EACH) continue
      offered.set(id, count + 1)
      faults.push({
        label: `${calledOf(simulation, entity.id)}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
        line,
        about: entity.id,
      })
    }
    if (offered.size > 0 && [...offered.values()].every((count) => count >= EACH)) break
  }
  return faults
}
