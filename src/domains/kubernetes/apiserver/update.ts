import type { Emission, World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { applyDefaults } from '../api/defaults.ts'
import { isObject, type Loose, objectAt, semanticEqual, textAt } from '../api/loose.ts'
import { fieldsOf, type KubeObject, type ObjectEntity, objectOf } from '../object/object.ts'
import { allocateService } from '../service/allocate.ts'
import { namespaceSecurity, templateSecurity } from './admission/podSecurity.ts'
import { decode, tracked, type WriteOptions } from './create.ts'
import { conflict, invalid, notFound, type Result, refuse } from './result.ts'
import { asKube, resourceFor, served, stored, toStored } from './stored.ts'
import { desired, metadataOf, strategyOf } from './strategy.ts'
import { problemsOf } from './validate.ts'

/** Which part of an object a write may touch: all but the status, or the status alone. */
export type Subresource = 'status' | undefined

/**
 * Replaces an object as `PUT` does. A `resourceVersion` in it must be the stored one. What did not change emits nothing; an object under
 * deletion that loses its last finalizer is gone.
 * Models: apiserver pkg/registry/generic/registry/store.go Update and pkg/registry/rest/update.go BeforeUpdate
 */
export function update(
  world: World,
  submitted: Loose,
  options: WriteOptions & { readonly subresource?: Subresource } = {},
): Result {
  const resource = resourceFor(world, submitted)
  if (!resource) return refuse(404, 'NotFound', 'the server could not find the requested resource')
  const decoded = decode(world, submitted, options)
  if ('ok' in decoded) return decoded
  const name = textAt(submitted, 'metadata', 'name')
  const entity = stored(world, resource, textAt(submitted, 'metadata', 'namespace') || options.namespace, name)
  if (!entity) return notFound(resource, name)
  const answer = replace(world, resource, entity, submitted, options)
  return withWarnings(answer, decoded.warnings)
}

/** An answer with warnings before its own. */
export function withWarnings(answer: Result, warnings: readonly string[]): Result {
  return answer.ok && warnings.length > 0 ? { ...answer, warnings: [...warnings, ...(answer.warnings ?? [])] } : answer
}

/** The part of an update that a patch shares: `submitted` is the whole new object in any served version. */
export function replace(
  world: World,
  resource: ApiResource,
  entity: ObjectEntity,
  submitted: Loose,
  options: WriteOptions & { readonly subresource?: Subresource } = {},
): Result {
  const { name } = entity.metadata
  const before = objectOf(entity) as unknown as Loose
  const given = metadataOf(submitted)
  const version = textAt(given, 'resourceVersion')
  if (version !== '' && version !== String(entity.rev)) return conflict(resource, name)
  const uid = textAt(given, 'uid')
  if (uid !== '' && uid !== entity.metadata.uid)
    return conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${entity.metadata.uid}`,
    )
  let after = merged(before, applyDefaults(toStored(submitted)), options.subresource, resource.kind)
  if (resource.kind === 'Service' && options.subresource === undefined) {
    const allocation = allocateService(world, asKube(after), objectOf(entity))
    if (!allocation.ok) return refuse(422, allocation.reason, allocation.message)
    after = allocation.service as unknown as Loose
  }
  if (strategyOf(resource.kind).generation && !semanticEqual(desired(before), desired(after)))
    after.metadata = { ...metadataOf(after), generation: (entity.metadata.generation ?? 0) + 1 }
  const problems = problemsOf(world, after, before)
  if (problems.length > 0) return invalid(resource, name, problems)
  if (changes(entity, asKube(after)).length > 0) after = tracked(world, before, after, options)
  const emit = changes(entity, asKube(after), options.by)
  const warnings = options.subresource === undefined ? securityWarnings(world, before, after) : []
  const object = served({ ...entity, ...partsOf(entity, asKube(after)) }, resource)
  return { ok: true, object, emit, ...(warnings.length > 0 ? { warnings } : {}) }
}

/** Of what the pod security standards warn who changes a namespace or a template. */
function securityWarnings(world: World, before: Loose, after: Loose): readonly string[] {
  if (after.kind === 'Namespace') return namespaceSecurity(world, before, after)
  const namespace = textAt(after, 'metadata', 'namespace')
  if (namespace === '' || after.kind === 'Pod') return []
  const warning = templateSecurity(world, namespace, after)
  return warning === undefined ? [] : [warning]
}

/** The event that makes an entity equal to `after`; none when it is so already. */
export function changes(entity: ObjectEntity, after: KubeObject, by?: string): readonly Emission[] {
  const fields = partsOf(entity, after)
  const data: Record<string, unknown> = {}
  for (const part of ['metadata', 'spec', 'status', 'rest'] as const)
    if (!semanticEqual(entity[part], fields[part])) data[part] = fields[part] ?? {}
  if (Object.keys(data).length === 0) return []
  const onlyStatus = Object.keys(data).length === 1 && data.status !== undefined
  if (isReleased(fields.metadata, fields.spec)) return [{ to: entity.id, type: 'Removed', data, by }]
  return [{ to: entity.id, type: onlyStatus ? 'StatusReported' : 'Updated', data, by }]
}

/** A custom resource keeps its kind among its other fields. */
function partsOf(entity: ObjectEntity, after: KubeObject): ReturnType<typeof fieldsOf> {
  const fields = fieldsOf(after)
  const kind = entity.rest?.kind
  return kind === undefined ? fields : { ...fields, rest: { ...fields.rest, kind } }
}

/** Whether an object under deletion is held by nothing any more. */
export function isReleased(metadata: KubeObject['metadata'], spec: Loose | undefined): boolean {
  if (metadata.deletionTimestamp === undefined || (metadata.finalizers?.length ?? 0) > 0) return false
  if (metadata.deletionGracePeriodSeconds !== undefined && metadata.deletionGracePeriodSeconds > 0) return false
  const held = spec?.finalizers
  return !(Array.isArray(held) && held.length > 0)
}

/** The new object, with what the request may not touch taken from the stored one. */
function merged(before: Loose, submitted: Loose, subresource: Subresource, kind: string): Loose {
  const old = metadataOf(before)
  const { resourceVersion: _version, ...kept } = old
  if (subresource === 'status') {
    const { metadata: _m, ...rest } = before
    return { ...rest, metadata: kept, status: submitted.status }
  }
  const given = metadataOf(submitted)
  const metadata: Loose = { ...kept }
  const writable = ['labels', 'annotations', 'finalizers', 'ownerReferences', 'managedFields']
  for (const field of writable) {
    if (field === 'managedFields' && given[field] === undefined) continue
    const value = given[field]
    const empty = !isObject(value) ? !Array.isArray(value) || value.length === 0 : Object.keys(value).length === 0
    if (empty) delete metadata[field]
    else metadata[field] = value
  }
  const after: Loose = { ...submitted, metadata }
  if (strategyOf(kind).status && kind !== 'Node') after.status = before.status
  if (kind === 'Node' && after.status === undefined) after.status = before.status
  if (after.status === undefined) delete after.status
  const namespaceFinalizers = kind === 'Namespace' ? objectAt(before, 'spec') : undefined
  if (namespaceFinalizers) after.spec = namespaceFinalizers
  return after
}
