import { stringify } from 'yaml'
import type { Face } from '../../../kernel/index.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'

/** The real object as YAML, and how an edited one is applied. Bookkeeping that nobody edits by hand is left out. */
export const sourceOf: NonNullable<Face<ObjectEntity>['source']> = {
  language: 'yaml',
  text(entity) {
    const object = objectOf(entity)
    const { managedFields: _managed, ...metadata } = object.metadata
    const { kind, apiVersion, metadata: _metadata, ...rest } = object
    return stringify({ apiVersion, kind, metadata, ...rest }, { lineWidth: 0 })
  },
  apply: (_entity, file) => `kubectl apply -f ${file}`,
}
