import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { type Loose, objectAt } from '../api/loose.ts'
import { newObject } from '../apiserver/newObject.ts'
import { templateHash, templateText } from '../deployment/templateHash.ts'
import { controllerReference, type ObjectEntity, objectId } from '../object/object.ts'
import { ownedObjects } from '../replicaset/podTally.ts'

/** Label of pods that says by which revision of a StatefulSet or DaemonSet they were made. */
export const REVISION_HASH = 'controller-revision-hash'

/** A stored template of a StatefulSet or DaemonSet. */
export interface ControllerRevision {
  readonly name: string
  readonly revision: number
  readonly template: Loose
  readonly entity: ObjectEntity | undefined
}

/** All revisions of a workload, lowest number first. Models: pkg/controller/history/controller_history.go */
export function revisionsOf(world: World, owner: ObjectEntity): readonly ControllerRevision[] {
  return ownedObjects(world, owner, 'k8s.ControllerRevision')
    .map((entity) => ({
      name: entity.metadata.name,
      revision: Number(entity.rest?.revision ?? 0),
      template: templateIn(entity),
      entity,
    }))
    .sort((a, b) => a.revision - b.revision || (a.name < b.name ? -1 : 1))
}

/**
 * The revision of the workload's present template, and what must be emitted for it: a new object, or a new number for an old one.
 */
export function currentRevision(
  world: World,
  owner: ObjectEntity,
): { readonly revision: ControllerRevision; readonly emit: readonly Emission[] } {
  const revisions = revisionsOf(world, owner)
  const template = (owner.spec?.template ?? {}) as Loose
  const text = templateText(template)
  const newest = revisions[revisions.length - 1]
  const known = revisions.find((revision) => templateText(revision.template) === text)
  const number = (newest?.revision ?? 0) + 1
  if (known === newest && known) return { revision: known, emit: [] }
  if (known?.entity) {
    const rest = { ...known.entity.rest, revision: number }
    return {
      revision: { ...known, revision: number },
      emit: [{ to: known.entity.id, type: 'Updated', data: { rest } }],
    }
  }
  const { namespace } = owner.metadata
  let collisions = 0
  let hash = templateHash(template, collisions)
  while (world.get(objectId('ControllerRevision', namespace, `${owner.metadata.name}-${hash}`)))
    hash = templateHash(template, ++collisions)
  const name = `${owner.metadata.name}-${hash}`
  const emission = newObject(world, {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: {
        ...(objectAt(template, 'metadata', 'labels') as Readonly<Record<string, string>> | undefined),
        [REVISION_HASH]: hash,
      },
      ...(owner.metadata.annotations ? { annotations: owner.metadata.annotations } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    data: { spec: { template: { ...template, $patch: 'replace' } } } as unknown as JsonObject,
    revision: number,
  })
  return { revision: { name, revision: number, template, entity: undefined }, emit: [emission] }
}

/** The part of a revision's name that its pods carry: for a DaemonSet only the hash, for a StatefulSet the whole name. */
export function hashOf(owner: ObjectEntity, revision: ControllerRevision): string {
  return owner.kind === 'k8s.StatefulSet' ? revision.name : revision.name.slice(owner.metadata.name.length + 1)
}

/** Revisions beyond the limit that no pod uses, lowest first. */
export function superfluous(
  revisions: readonly ControllerRevision[],
  inUse: ReadonlySet<string>,
  limit: number,
): readonly ControllerRevision[] {
  const free = revisions.filter((revision) => !inUse.has(revision.name))
  return free.slice(0, Math.max(0, free.length - limit))
}

const templates = new WeakMap<object, Loose>()

function templateIn(entity: ObjectEntity): Loose {
  const data = (entity.rest?.data ?? {}) as Loose
  const known = templates.get(data)
  if (known) return known
  const { $patch: _patch, ...template } = objectAt(data, 'spec', 'template') ?? {}
  templates.set(data, template)
  return template
}
