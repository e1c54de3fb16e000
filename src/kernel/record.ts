import type { Entity } from './entity.ts'
import type { SimEvent } from './event.ts'

/** A copy of a record with fields replaced: assigned one by one, which is several times faster than spreading both. */
export function withFields(
  before: Entity,
  fields: object | undefined,
): { -readonly [key in keyof Entity]: Entity[key] } {
  const after: Record<string, unknown> = { ...before }
  if (fields) for (const key in fields) after[key] = (fields as Record<string, unknown>)[key]
  return after as unknown as { -readonly [key in keyof Entity]: Entity[key] }
}

/** The fields that a controller's reason for leaving an entity as it is changes. */
export function declined(entity: Entity, event: SimEvent): Pick<Entity, 'declined'> {
  const { controller, reason } = event.data as { controller: string; reason: string }
  return { declined: { ...entity.declined, [controller]: { reason, entry: entity.entry } } }
}
