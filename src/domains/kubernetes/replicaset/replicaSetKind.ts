import type { Entity, Fields, SimEvent, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { objectKind, replaceParts } from '../object/objectKind.ts'
import { type ReplicaSet, wanted } from './replicaSet.ts'
import { replicaSetLifecycle } from './replicaset.lifecycle.ts'

/** The kind of ReplicaSets. It counts creations refused in a row, and forgets them once its pods are counted without a refusal. */
export const replicaSetKind = objectKind('ReplicaSet', {
  lifecycle: replicaSetLifecycle,
  apply: {
    CreateRefused: (entity, event, world) => counted(entity, event, world, ((entity as ReplicaSet).refusals ?? 0) + 1),
    Converging: (entity, event, world) => counted(entity, event, world, 0),
    Settled: (entity, event, world) => counted(entity, event, world, 0),
  },
  tell: {
    Created: (event) => `A ReplicaSet [${nameOf(event)}](${event.to}) is created to keep pods of one template.`,
    Scaled: (event, entity) =>
      `[${nameOf(event)}](${event.to}) is told to keep ${entity ? wanted(entity as ReplicaSet) : 'another number of'} pods.`,
    Settled: (event) => `[${nameOf(event)}](${event.to}) has as many ready pods as it wants.`,
    CreateRefused: (event) => `The API server refuses a pod that [${nameOf(event)}](${event.to}) wants to create.`,
  },
})

function counted(entity: ObjectEntity, event: SimEvent, world: World, refusals: number): Fields {
  return { ...replaceParts(entity, event, world), refusals }
}

function nameOf(event: SimEvent | Entity): string {
  const id = 'to' in event ? event.to : event.id
  return id.slice(id.lastIndexOf('/') + 1)
}
