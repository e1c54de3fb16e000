import { defineIndex, type World } from '../../../kernel/index.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { CUSTOM_RESOURCE } from '../apiserver/customResource.ts'
import { type ObjectEntity, type OwnerReference, objectId } from '../object/object.ts'
import { controllerUid } from '../replicaset/podTally.ts'

/** Kernel kinds of all built-in namespaced objects, each once. */
export const NAMESPACED_KINDS: readonly string[] = [
  ...new Set(resourceTable.filter((row) => row.namespaced).map((row) => `k8s.${row.kind}`)),
  `k8s.${CUSTOM_RESOURCE}`,
]

/** Objects by the uids of owners that do not manage them (those that do are the entity's `owner`). */
export const looseDependents = defineIndex('k8s.looseDependents', NAMESPACED_KINDS, (entity) => {
  const references = (entity as ObjectEntity).metadata?.ownerReferences
  if (references === undefined || (references.length === 1 && references[0]?.controller)) return undefined
  return references.filter((reference) => !reference.controller).map((reference) => reference.uid)
})

/** Everything that names this object, in this life of it, as an owner. */
export function dependentsOf(world: World, owner: ObjectEntity): readonly ObjectEntity[] {
  const { uid } = owner.metadata
  const managed = (world.ownedBy(owner.id) as readonly ObjectEntity[]).filter(
    (entity) => entity.metadata !== undefined && controllerUid(entity.metadata) === uid,
  )
  return [...managed, ...(world.lookup(looseDependents, uid) as readonly ObjectEntity[])]
}

/** The owner that a reference names, if it still exists in the same life. */
export function ownerOf(world: World, dependent: ObjectEntity, reference: OwnerReference): ObjectEntity | undefined {
  const { namespace } = dependent.metadata
  const found =
    world.get(objectId(reference.kind, namespace, reference.name)) ??
    world.get(objectId(reference.kind, undefined, reference.name))
  const owner = found as ObjectEntity | undefined
  return owner?.metadata.uid === reference.uid ? owner : undefined
}
