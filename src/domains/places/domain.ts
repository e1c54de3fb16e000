import { type Domain, defineKind, type Entity, type Face } from '../../kernel/index.ts'
import { placeLifecycle } from './place.lifecycle.ts'
import { REGION, ZONE } from './place.ts'

/** Regions and zones: where the machines of every other domain stand. */
export const placesDomain: Domain = {
  name: 'places',
  kinds: [
    defineKind({ kind: REGION, lifecycle: placeLifecycle, face: placeFace('Region', 'Regions', 'region') }),
    defineKind({ kind: ZONE, lifecycle: placeLifecycle, face: placeFace('Zone', 'Zones', 'zone') }),
  ],
  controllers: [],
  derived: [],
  views: [],
}

function placeFace(label: string, plural: string, pictogram: string): Face {
  return {
    label,
    plural,
    pictogram,
    shape: 'frame',
    within: (entity: Entity) => entity.owner,
    look: (entity) => ({
      title: entity.id.slice(entity.id.indexOf('/') + 1),
      tone: entity.state === 'Dark' ? 'err' : 'ok',
      word: entity.state === 'Dark' ? 'Dark' : 'Open',
    }),
  }
}
