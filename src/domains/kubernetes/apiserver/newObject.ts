import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { type KubeObject, type ObjectMeta, objectId } from '../object/object.ts'
import { drawnUid, nowText } from './naming.ts'
import { strategyOf } from './strategy.ts'

/** What a controller gives for an object of its own making; it is stored as it is. */
export interface ObjectDraft {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Omit<ObjectMeta, 'uid' | 'creationTimestamp'>
  readonly spec?: JsonObject
  readonly status?: JsonObject
  readonly [field: string]: unknown
}

/** The stored form of a controller's own object: with uid, time, first generation and first status. */
export function stamped(world: World, draft: ObjectDraft): KubeObject {
  const { name, namespace } = draft.metadata
  const strategy = strategyOf(draft.kind)
  const metadata: ObjectMeta = {
    ...draft.metadata,
    uid: drawnUid(world, objectId(draft.kind, namespace, name)),
    creationTimestamp: nowText(world),
    ...(strategy.generation ? { generation: 1 } : {}),
  }
  const status = draft.status ?? (strategy.initialStatus as JsonObject | undefined)
  return { ...draft, metadata, ...(status === undefined ? {} : { status }) }
}

/** The event that stores an object made by a controller, the fast way: without decoding, defaults or validation. */
export function newObject(world: World, draft: ObjectDraft, by?: string): Emission {
  const object = stamped(world, draft)
  const to = objectId(draft.kind, draft.metadata.namespace, draft.metadata.name)
  return { to, type: 'Created', kind: `k8s.${draft.kind}`, data: { object }, by }
}
