import type { Entity, Fields, Kind, SimEvent, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { objectKind, replaceParts } from '../object/objectKind.ts'
import type { ReplicaSet } from './replicaSet.ts'
import { replicaSetLifecycle } from './replicaset.lifecycle.ts'

/** The kind of ReplicaSets. It counts creations refused in a row, and forgets them once its pods are counted without a refusal. */
export const replicaSetKind = ofReplicas('ReplicaSet')

/** The kind of ReplicationControllers, which live as ReplicaSets do. */
export const replicationControllerKind = ofReplicas('ReplicationController')

function ofReplicas(apiKind: string): Kind {
  return objectKind(apiKind, {
    lifecycle: replicaSetLifecycle,
    apply: {
      CreateRefused: (entity, event, world) =>
        counted(entity, event, world, ((entity as ReplicaSet).refusals ?? 0) + 1),
      Converging: (entity, event, world) => counted(entity, event, world, 0),
      Settled: (entity, event, world) => counted(entity, event, world, 0),
    },
    tell: {
      Created: (event) => `A ${apiKind} [${nameOf(event)}](${event.to}) is created to keep pods of one template.`,
      Scaled: (event) => {
        const { replicas } = (event.data as { readonly spec?: { readonly replicas?: number } } | undefined)?.spec ?? {}
        return `[${nameOf(event)}](${event.to}) is told to keep ${replicas ?? 'another number of'} ${replicas === 1 ? 'pod' : 'pods'}.`
      },
      Converging: (event) => `[${nameOf(event)}](${event.to}) does not have the ready pods that it wants.`,
      Emptied: (event) => `[${nameOf(event)}](${event.to}) wants no pods and has none.`,
      Settled: (event) => `[${nameOf(event)}](${event.to}) has as many ready pods as it wants.`,
      CreateRefused: (event) => `The API server refuses a pod that [${nameOf(event)}](${event.to}) wants to create.`,
    },
  })
}

function counted(entity: ObjectEntity, event: SimEvent, world: World, refusals: number): Fields {
  return { ...replaceParts(entity, event, world), refusals }
}

function nameOf(event: SimEvent | Entity): string {
  const id = 'to' in event ? event.to : event.id
  return id.slice(id.lastIndexOf('/') + 1)
}
