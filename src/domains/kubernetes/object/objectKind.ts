import { defineKind, type Fields, type Kind, type SimEvent, type World } from '../../../kernel/index.ts'
import { objectLifecycle } from './object.lifecycle.ts'
import { controllerId, fieldsOf, type KubeObject, type ObjectEntity } from './object.ts'

/** What events of API objects carry. */
export interface ObjectData {
  /** With `Created`: the whole object. */
  readonly object?: KubeObject
  /** Otherwise: the parts that are replaced. */
  readonly metadata?: ObjectEntity['metadata']
  readonly spec?: ObjectEntity['spec']
  readonly status?: ObjectEntity['status']
  readonly rest?: ObjectEntity['rest']
}

/** Fields of a new API object, from the `object` of the event that creates it. */
export function birth(event: SimEvent, world: World): Fields {
  const fields = fieldsOf((event.data as { object: KubeObject }).object)
  return { ...fields, owner: controllerId(fields.metadata), rev: world.revision + 1 }
}

/** Replaces the parts that an event carries, and gives the object the revision of now. */
export function replaceParts(entity: ObjectEntity, event: SimEvent, world: World): Fields {
  const { metadata, spec, status, rest } = (event.data ?? {}) as ObjectData
  const fields: Record<string, unknown> = { rev: world.revision + 1 }
  if (metadata !== undefined) {
    fields.metadata = metadata
    if (metadata.ownerReferences !== entity.metadata.ownerReferences) fields.owner = controllerId(metadata)
  }
  if (spec !== undefined) fields.spec = spec
  if (status !== undefined) fields.status = status
  if (rest !== undefined) fields.rest = rest
  return fields as Fields
}

/**
 * Makes a kind of an API kind: every event of its lifecycle may carry parts to replace, beside what `own` adds.
 * Without a lifecycle of its own it is stored and shown, and does nothing.
 */
export function objectKind(apiKind: string, own: Partial<Omit<Kind<ObjectEntity>, 'kind'>> = {}): Kind {
  const lifecycle = own.lifecycle ?? objectLifecycle
  const apply: Record<string, NonNullable<Kind<ObjectEntity>['apply']>[string]> = {}
  const { definition } = lifecycle
  const types = [definition.on, ...Object.values(definition.states).map((state) => state.on)].flatMap((on) =>
    Object.keys(on ?? {}),
  )
  for (const type of types) apply[type] = replaceParts
  return defineKind<ObjectEntity>({
    birth,
    ...own,
    kind: `k8s.${apiKind}`,
    lifecycle,
    apply: { ...apply, ...own.apply },
    tell: { ...toldOf(apiKind, new Set(['Created', ...types])), ...own.tell },
  })
}

/** What is told of the events that every API object knows, for a kind that says nothing better. */
function toldOf(apiKind: string, types: ReadonlySet<string>): NonNullable<Kind['tell']> {
  const told: Record<string, (event: SimEvent) => string> = {
    Created: (event) => `The ${apiKind} ${linkOf(event)} is stored.`,
    Updated: (event) => `The ${apiKind} ${linkOf(event)} is changed${doer(event)}.`,
    StatusReported: (event) => `A new status of ${linkOf(event)} is reported${doer(event)}.`,
    DeletionRequested: (event) => `Deletion of ${linkOf(event)} is asked for; finalizers hold it.`,
    Removed: (event) => `The ${apiKind} ${linkOf(event)} is gone.`,
  }
  return Object.fromEntries(Object.entries(told).filter(([type]) => types.has(type)))
}

function linkOf(event: SimEvent): string {
  return `[${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}

/** ` by the deployment-controller`, where a part of the cluster did it. */
function doer({ by }: SimEvent): string {
  if (by === undefined || !/^k8s\.(Controller|Component)\//.test(by)) return ''
  return ` by the [${by.split('/')[1]}](${by})`
}
