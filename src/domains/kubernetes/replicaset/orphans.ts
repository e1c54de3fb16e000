import { defineIndex, type PastEvent, type World } from '../../../kernel/index.ts'
import { type ObjectEntity, objectId } from '../object/object.ts'
import { tallyOf } from './podTally.ts'

/** Objects without a managing controller that one might adopt, by `kind/namespace`. */
export const orphans = defineIndex(
  'k8s.orphans',
  ['k8s.Pod', 'k8s.ReplicaSet', 'k8s.Job', 'k8s.ControllerRevision'],
  (entity) =>
    entity.owner === undefined ? orphanKey(entity.kind, (entity as ObjectEntity).metadata.namespace) : undefined,
)

/** The key under which `orphans` holds the objects of a kind and namespace. */
export function orphanKey(kind: string, namespace: string | undefined): string {
  return `${kind}/${namespace ?? ''}`
}

/** Pod events after which the owner's counts may differ. */
export const COUNTED_POD_EVENTS: readonly string[] = [
  'Created',
  'Updated',
  'BecameReady',
  'BecameUnready',
  'Succeeded',
  'Failed',
  'Evicted',
  'DeletionRequested',
  'Removed',
]

/**
 * Ids of the owners of kind `kind` that should look after an event of a pod. Of a pod that is gone, the owner is found by the name (the
 * owner's, a dash and an ending); for a pod with a name of its own, by the owner whose count no longer agrees with its status. A pod
 * without an owner concerns those that could adopt it.
 */
export function ownersConcerned(event: PastEvent, world: World, kind: string): string | readonly string[] | undefined {
  const pod = world.get(event.to)
  if (pod?.owner !== undefined) return pod.owner.startsWith(`${kind}/`) ? pod.owner : undefined
  const slash = event.to.lastIndexOf('/')
  const namespace = event.to.slice(event.to.indexOf('/') + 1, slash)
  const name = event.to.slice(slash + 1)
  if (!pod) {
    const dash = name.lastIndexOf('-')
    if (dash > 0) {
      const owner = objectId(kind.slice(4), namespace, name.slice(0, dash))
      if (world.get(owner)) return owner
    }
  }
  const concerned: string[] = []
  for (const owner of world.all(kind) as Iterable<ObjectEntity>) {
    if (owner.metadata.namespace !== namespace) continue
    if (pod || isOff(world, owner)) concerned.push(owner.id)
  }
  return concerned
}

function isOff(world: World, owner: ObjectEntity): boolean {
  const { total } = tallyOf(world, owner.metadata.uid)
  const { replicas, terminatingReplicas, currentNumberScheduled } = owner.status ?? {}
  const known = Number(replicas ?? currentNumberScheduled ?? 0) + Number(terminatingReplicas ?? 0)
  return known !== total
}
