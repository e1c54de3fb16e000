import type { Entity, JsonObject, World } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'

/** The metadata of an API object, as the API server keeps it. `resourceVersion` is kept as the entity's `rev`. */
export interface ObjectMeta {
  readonly name: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid: string
  readonly creationTimestamp: string
  readonly generation?: number
  readonly labels?: { readonly [key: string]: string }
  readonly annotations?: { readonly [key: string]: string }
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly managedFields?: readonly JsonObject[]
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** A real API object as people read and write it. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta & { readonly resourceVersion?: string }
  readonly spec?: JsonObject
  readonly status?: JsonObject
  readonly [field: string]: unknown
}

/**
 * An API object as an entity: `metadata`, `spec` and `status` are the real ones; every other top-level field (`data`, `rules`,
 * `endpoints`, ...) is in `rest`. Immutable parts are shared between records: the pods of a ReplicaSet share the parts of its template.
 */
export interface ObjectEntity extends Entity {
  readonly apiVersion: string
  readonly metadata: ObjectMeta
  readonly spec?: JsonObject
  readonly status?: JsonObject
  readonly rest?: JsonObject
  /** The revision of the store at its last change: its `resourceVersion`. */
  readonly rev: number
}

/** Entity id of an API object: `k8s.Pod/default/web`, `k8s.Node/node-a`. */
export function objectId(kind: string, namespace: string | undefined, name: string): string {
  return namespace === undefined ? `k8s.${kind}/${name}` : `k8s.${kind}/${namespace}/${name}`
}

/** API kind of an entity: `k8s.Pod` is a `Pod`. */
export function apiKind(entity: Entity): string {
  return entity.kind.slice(4)
}

/** The object as the API returns it. */
export function objectOf(entity: ObjectEntity): KubeObject {
  const { metadata, spec, status, rest } = entity
  return {
    apiVersion: entity.apiVersion,
    kind: apiKind(entity),
    metadata: { ...metadata, resourceVersion: String(entity.rev) },
    ...rest,
    ...(spec === undefined ? {} : { spec }),
    ...(status === undefined ? {} : { status }),
  }
}

/** The fields of an entity that an API object stands in, without what the kernel keeps. */
export function fieldsOf(object: KubeObject): {
  readonly apiVersion: string
  readonly metadata: ObjectMeta
  readonly spec?: JsonObject
  readonly status?: JsonObject
  readonly rest?: JsonObject
} {
  const { apiVersion, kind: _kind, metadata, spec, status, ...rest } = object
  const { resourceVersion: _version, ...kept } = metadata
  return {
    apiVersion,
    metadata: kept,
    ...(spec === undefined ? {} : { spec }),
    ...(status === undefined ? {} : { status }),
    ...(Object.keys(rest).length === 0 ? {} : { rest: rest as JsonObject }),
  }
}

/** The reference that marks `entity` as the managing controller of another object. */
export function controllerReference(entity: ObjectEntity): OwnerReference {
  return {
    apiVersion: entity.apiVersion,
    kind: apiKind(entity),
    name: entity.metadata.name,
    uid: entity.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** Entity id of the managing controller that an object names, if any. */
export function controllerId(metadata: ObjectMeta): string | undefined {
  const reference = metadata.ownerReferences?.find((owner) => owner.controller)
  if (!reference) return undefined
  const clusterScoped = reference.kind === 'Node'
  return objectId(reference.kind, clusterScoped ? undefined : metadata.namespace, reference.name)
}

/** An API object by kind and name; undefined when there is none. */
export function find(
  world: World,
  kind: string,
  namespace: string | undefined,
  name: string,
): ObjectEntity | undefined {
  return world.get(objectId(kind, namespace, name)) as ObjectEntity | undefined
}

/** Every API object of a kind. */
export function every(world: World, kind: string): Iterable<ObjectEntity> {
  return world.all(`k8s.${kind}`) as Iterable<ObjectEntity>
}

/** RFC 3339 text of a virtual time, whole seconds: `2026-01-01T00:00:05Z`. */
export function timestamp(ms: number): string {
  return new Date(EPOCH + Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** Virtual time of an RFC 3339 text, in ms. */
export function timeOf(text: string): number {
  return Date.parse(text) - EPOCH
}
