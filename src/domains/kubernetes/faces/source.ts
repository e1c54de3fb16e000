import { stringify } from 'yaml'
import type { Copy, Face, JsonObject } from '../../../kernel/index.ts'
import { manifestOf } from '../live/manifestOf.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'
import { freshObject } from './freshObject.ts'

/** The real object as YAML, and how an edited one is applied. Bookkeeping that nobody edits by hand is left out. */
export const sourceOf: NonNullable<Face<ObjectEntity>['source']> = {
  language: 'yaml',
  text(entity) {
    const object = objectOf(entity)
    const { managedFields: _managed, ...metadata } = object.metadata
    const { kind, apiVersion, metadata: _metadata, ...rest } = object
    return yaml({ apiVersion, kind, metadata, ...rest } as unknown as JsonObject)
  },
  apply: (_entity, file) => `kubectl apply -f ${file}`,
  fresh: (entity, _world, copy?: Copy) => yaml(freshObject(objectOf(entity), copy)),
  plain: (entity) => plainOf(entity),
  restore: (entity, _world, file) => ({
    text: yaml(freshObject(objectOf(entity))),
    line: `kubectl replace -f ${file}`,
  }),
}

/** Finding defaults out takes trials, so it is done once for each record. */
const plains = new WeakMap<ObjectEntity, string>()

function plainOf(entity: ObjectEntity): string {
  const known = plains.get(entity) ?? yaml(manifestOf(entity) as JsonObject)
  plains.set(entity, known)
  return known
}

function yaml(object: JsonObject): string {
  return stringify(object, { lineWidth: 0 })
}
