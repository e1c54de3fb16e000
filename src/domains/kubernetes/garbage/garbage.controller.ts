import type { Answer, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { deletion } from '../apiserver/remove.ts'
import { changes } from '../apiserver/update.ts'
import { kubeController } from '../kubeController.ts'
import { type ObjectEntity, type ObjectMeta, objectOf } from '../object/object.ts'
import { dependentsOf, looseDependents, NAMESPACED_KINDS, ownerOf } from './dependents.ts'

const WATCHED = ['DeletionRequested', 'Removed', 'Created'] as const
const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'

/**
 * Deletes what its owners have left behind, and does the work of the finalizers `foregroundDeletion` and `orphan`. Woken for a namespace it
 * sweeps all of it. Models: pkg/controller/garbagecollector/garbagecollector.go
 */
export const garbageController = kubeController({
  name: 'garbage-collector-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Namespace',
  watches: Object.fromEntries([...NAMESPACED_KINDS, 'k8s.Node'].map((kind) => [kind, WATCHED])),
  wakes(event: PastEvent, world: World) {
    if (event.type === 'Created') return isOrphanAlready(world, event.to) ? event.to : undefined
    if (event.type === 'DeletionRequested') return concernedByMark(world, event.to)
    return concernedByRemoval(world, event)
  },
  reconcile(id: string, world: World) {
    const entity = world.get(id) as ObjectEntity | undefined
    if (entity?.metadata === undefined) return undefined
    if (entity.kind === 'k8s.Namespace') return sweep(world, entity.metadata.name)
    return look(world, entity)
  },
})

/** A new object whose owner does not exist (any more). */
function isOrphanAlready(world: World, id: string): boolean {
  const entity = world.get(id) as ObjectEntity | undefined
  const references = entity?.metadata.ownerReferences
  if (!entity || references === undefined) return false
  return references.every((reference) => !ownerOf(world, entity, reference))
}

/** A marked object matters when one of the two finalizers holds it: to itself, and to its dependents when they must go first. */
function concernedByMark(world: World, id: string): readonly string[] | undefined {
  const entity = world.get(id) as ObjectEntity | undefined
  if (!entity) return undefined
  const finalizers = entity.metadata.finalizers ?? []
  if (finalizers.includes(ORPHAN)) return [id]
  if (finalizers.includes(FOREGROUND)) return [...dependentsOf(world, entity).map((dependent) => dependent.id), id]
  return undefined
}

/** After a removal: what it owned, and those owners that wait for it in the foreground. */
function concernedByRemoval(world: World, event: PastEvent): readonly string[] {
  const concerned: string[] = []
  if (event.kind !== 'k8s.Pod') for (const entity of world.ownedBy(event.to)) concerned.push(entity.id)
  for (const ids of world.derived(looseDependents).values()) concerned.push(...ids)
  const namespace = event.to.split('/')[1]
  for (const kind of FOREGROUND_KINDS) {
    if (world.count(kind, 'Terminating') === 0) continue
    for (const owner of world.all(kind) as Iterable<ObjectEntity>)
      if (owner.state === 'Terminating' && owner.metadata.namespace === namespace) concerned.push(owner.id)
  }
  return concerned
}

const FOREGROUND_KINDS = [
  'k8s.Deployment',
  'k8s.ReplicaSet',
  'k8s.StatefulSet',
  'k8s.DaemonSet',
  'k8s.Job',
  'k8s.CronJob',
  'k8s.ReplicationController',
]

function sweep(world: World, namespace: string): readonly Answer[] {
  const answers: Answer[] = []
  for (const kind of NAMESPACED_KINDS)
    for (const entity of world.all(kind) as Iterable<ObjectEntity>)
      if (entity.metadata?.namespace === namespace) answers.push(...look(world, entity))
  return answers
}

/** What the collector does with one object. Models: garbagecollector.go attemptToDeleteItem, processDeletingDependentsItem, attemptToOrphan */
function look(world: World, entity: ObjectEntity): readonly Answer[] {
  const { metadata } = entity
  if (metadata.deletionTimestamp !== undefined) {
    if (metadata.finalizers?.includes(ORPHAN)) return orphan(world, entity)
    if (metadata.finalizers?.includes(FOREGROUND)) return afterDependents(world, entity)
    return []
  }
  const references = metadata.ownerReferences ?? []
  if (references.length === 0) return []
  const owners = references.map((reference) => ownerOf(world, entity, reference))
  const waiting = owners.filter((owner) => owner?.metadata.finalizers?.includes(FOREGROUND) && isMarked(owner))
  const solid = owners.filter((owner) => owner !== undefined && !waiting.includes(owner))
  if (solid.length > 0) {
    const kept = references.filter((_reference, i) => solid.includes(owners[i]))
    if (kept.length === references.length) return []
    return withMetadata(entity, { ...metadata, ownerReferences: kept })
  }
  const hasDependents = waiting.length > 0 && dependentsOf(world, entity).length > 0
  const emission = deletion(world, entity, { propagationPolicy: hasDependents ? 'Foreground' : 'Background' })
  if (!emission) return []
  return [{ ...emission, by: undefined, inputs: { owners: references.map((reference) => reference.name) } }]
}

function isMarked(owner: ObjectEntity): boolean {
  return owner.metadata.deletionTimestamp !== undefined
}

function orphan(world: World, entity: ObjectEntity): readonly Answer[] {
  const { uid } = entity.metadata
  const freed = dependentsOf(world, entity).flatMap((dependent) =>
    withMetadata(dependent, {
      ...dependent.metadata,
      ownerReferences: (dependent.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid),
    }),
  )
  return [...freed, ...withoutFinalizer(entity, ORPHAN)]
}

function afterDependents(world: World, entity: ObjectEntity): readonly Answer[] {
  const { uid } = entity.metadata
  const blocking = dependentsOf(world, entity).filter((dependent) =>
    dependent.metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion),
  )
  if (blocking.length === 0) return withoutFinalizer(entity, FOREGROUND)
  const first = blocking[0]
  return [
    {
      to: entity.id,
      decline: `It is deleted in the foreground: ${blocking.length} dependents must go first, ${first?.metadata.name} among them.`,
    },
  ]
}

function withoutFinalizer(entity: ObjectEntity, finalizer: string): readonly Emission[] {
  const finalizers = (entity.metadata.finalizers ?? []).filter((one) => one !== finalizer)
  return withMetadata(entity, { ...entity.metadata, finalizers })
}

function withMetadata(entity: ObjectEntity, metadata: ObjectMeta): readonly Emission[] {
  const { ownerReferences, finalizers, ...rest } = metadata
  const cleaned: ObjectMeta = {
    ...rest,
    ...(ownerReferences && ownerReferences.length > 0 ? { ownerReferences } : {}),
    ...(finalizers && finalizers.length > 0 ? { finalizers } : {}),
  }
  return changes(entity, { ...objectOf(entity), metadata: cleaned })
}
