import type { Entity } from '../../kernel/index.ts'
import { fitsGlob } from '../goals/glob.ts'
import { defineLabView } from '../labView.ts'

/** The id of the youngest thing whose id fits a pattern with `*`; `null` when there is none. */
export const youngestView = defineLabView<{ id: string }, string | null>({
  name: 'youngest',
  reads: ['journal'],
  selectLab({ simulation: { world } }, { id }) {
    if (!id.includes('*')) return world.get(id) ? id : null
    let found: Entity | undefined
    for (const entity of world.all(id.slice(0, Math.max(0, id.indexOf('/')))))
      if (fitsGlob(id, entity.id) && (found === undefined || entity.born > found.born)) found = entity
    return found?.id ?? null
  },
})
