import type { Derived, Entity, World } from '../../../kernel/index.ts'
import type { ObjectEntity, ObjectMeta } from '../object/object.ts'

/** How many pods one owner has, by what controllers ask of them. A pod is in exactly one of the counts but `total`. */
export interface Tally {
  total: number
  /** Neither finished nor being deleted, and not ready. */
  unready: number
  /** Ready, and not being deleted. */
  ready: number
  /** Being deleted, and not finished. */
  terminating: number
  succeeded: number
  failed: number
  /** How many pods share each labels object; nearly always one entry, that of the template. */
  readonly labels: Map<object, number>
}

/** The tallies of all owners, by the owner's uid: so that no controller needs to walk through its pods to count them. */
export const podTally: Derived<Map<string, Tally>> = {
  name: 'k8s.podTally',
  kinds: ['k8s.Pod'],
  create: () => new Map(),
  add(tallies, entity) {
    const uid = ownerUid(entity)
    if (uid === undefined) return
    let tally = tallies.get(uid)
    if (!tally) {
      tally = { total: 0, unready: 0, ready: 0, terminating: 0, succeeded: 0, failed: 0, labels: new Map() }
      tallies.set(uid, tally)
    }
    tally.total++
    tally[podGroup(entity)]++
    const labels = labelsOf(entity)
    tally.labels.set(labels, (tally.labels.get(labels) ?? 0) + 1)
  },
  remove(tallies, entity) {
    const uid = ownerUid(entity)
    const tally = uid === undefined ? undefined : tallies.get(uid)
    if (uid === undefined || !tally) return
    tally.total--
    if (tally.total === 0) {
      tallies.delete(uid)
      return
    }
    tally[podGroup(entity)]--
    const labels = labelsOf(entity)
    const count = (tally.labels.get(labels) ?? 0) - 1
    if (count === 0) tally.labels.delete(labels)
    else tally.labels.set(labels, count)
  },
  same: (before, after) =>
    (before as ObjectEntity).metadata === (after as ObjectEntity).metadata && podGroup(before) === podGroup(after),
  copy: (tallies) => new Map([...tallies].map(([uid, tally]) => [uid, { ...tally, labels: new Map(tally.labels) }])),
}

/** The tally of an owner; zeros when it has no pods. */
export function tallyOf(world: World, uid: string): Readonly<Tally> {
  return world.derived(podTally).get(uid) ?? EMPTY
}

/** The count in which a pod is. */
export function podGroup(entity: Entity): 'unready' | 'ready' | 'terminating' | 'succeeded' | 'failed' {
  switch (entity.state) {
    case 'Ready':
      return 'ready'
    case 'Succeeded':
      return 'succeeded'
    case 'Failed':
      return 'failed'
    case 'Terminating': {
      const phase = (entity as ObjectEntity).status?.phase
      if (phase === 'Succeeded') return 'succeeded'
      return phase === 'Failed' ? 'failed' : 'terminating'
    }
    default:
      return 'unready'
  }
}

/** Whether a pod counts towards what its owner wants: neither finished nor being deleted. */
export function isActive(entity: Entity): boolean {
  const { state } = entity
  return state !== 'Terminating' && state !== 'Succeeded' && state !== 'Failed'
}

/** Uid of the managing controller that an object names, if any. */
export function controllerUid(metadata: ObjectMeta): string | undefined {
  const references = metadata.ownerReferences
  if (references === undefined) return undefined
  for (const reference of references) if (reference.controller) return reference.uid
  return undefined
}

/** The entities that an owner manages; those of an owner of the same name that was there before are left out. */
export function ownedObjects(world: World, owner: ObjectEntity, kind: string): readonly ObjectEntity[] {
  const { uid } = owner.metadata
  const found: ObjectEntity[] = []
  for (const entity of world.ownedBy(owner.id) as readonly ObjectEntity[])
    if (entity.kind === kind && controllerUid(entity.metadata) === uid) found.push(entity)
  return found
}

const NO_LABELS = {}
const EMPTY: Readonly<Tally> = {
  total: 0,
  unready: 0,
  ready: 0,
  terminating: 0,
  succeeded: 0,
  failed: 0,
  labels: new Map(),
}

function ownerUid(entity: Entity): string | undefined {
  return entity.owner === undefined ? undefined : controllerUid((entity as ObjectEntity).metadata)
}

function labelsOf(entity: Entity): object {
  return (entity as ObjectEntity).metadata.labels ?? NO_LABELS
}
