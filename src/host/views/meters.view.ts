import type { Meter, Tone } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { faced } from './scene.view.ts'

/** What one thing with meters measures now. */
export interface Measured {
  readonly id: string
  readonly title: string
  readonly label: string
  readonly tone: Tone
  readonly word: string
  readonly meters: readonly Meter[]
}

/** Most things that are measured at once. */
const MOST = 200

/** Everything whose face has meters, at one moment. */
export const metersView = defineLabView<null, { readonly at: number; readonly things: readonly Measured[] }>({
  name: 'meters',
  reads: ['*', 'time'],
  selectLab({ simulation }) {
    const things: Measured[] = []
    for (const [face, entity] of faced(simulation)) {
      if (face.shape !== 'host' && face.shape !== 'card') continue
      if (things.length >= MOST) break
      const { title, tone, word, meters } = face.look(entity, simulation.world)
      if (meters && meters.length > 0) things.push({ id: entity.id, title, label: face.label, tone, word, meters })
    }
    return { at: simulation.now, things }
  },
})
