import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { isObject, type Loose } from '../api/loose.ts'
import { applyJsonPatch, applyMergePatch } from '../api/patch/jsonPatch.ts'
import { serverApply } from '../api/patch/serverApply.ts'
import { applyStrategicPatch } from '../api/patch/strategicMerge.ts'
import { typeOfKind } from '../api/schema.ts'
import type { ObjectEntity } from '../object/object.ts'
import { create, decode, type WriteOptions } from './create.ts'
import { nowText } from './naming.ts'
import { badRequest, notFound, type Refused, type Result, refuse } from './result.ts'
import { served, stored } from './stored.ts'
import { replace, type Subresource, withWarnings } from './update.ts'

/** The four sorts of patch, by the subtype of their media type. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply'

export interface PatchOptions extends WriteOptions {
  readonly subresource?: Subresource
  /** For `apply`: takes fields that other managers have. */
  readonly force?: boolean
}

/**
 * Patches an object as `PATCH` does; `apply` creates it where it does not exist.
 * Models: apiserver pkg/endpoints/handlers/patch.go
 */
export function patch(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  type: PatchType,
  change: unknown,
  options: PatchOptions = {},
): Result {
  const entity = stored(world, resource, namespace, name)
  if (type === 'apply') return apply(world, resource, entity, change, { ...options, namespace })
  if (!entity) return notFound(resource, name)
  const before = served(entity, resource) as unknown as Loose
  const patched = patchedObject(before, type, change)
  if ('ok' in patched) return patched
  const decoded = decode(world, patched.object, options)
  if ('ok' in decoded) return decoded
  const answer = replace(world, resource, entity, patched.object, options)
  return withWarnings(answer, decoded.warnings)
}

function patchedObject(before: Loose, type: PatchType, change: unknown): { readonly object: Loose } | Refused {
  const goType = typeOfKind(String(before.apiVersion), String(before.kind))
  if (type === 'strategic' && goType === undefined)
    return refuse(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    )
  const answer =
    type === 'json'
      ? applyJsonPatch(before, change)
      : type === 'merge'
        ? { value: applyMergePatch(before, change) }
        : applyStrategicPatch(before, change, goType ?? '')
  if ('error' in answer)
    return type === 'json'
      ? refuse(422, 'Invalid', `the server rejected our request due to an error in our request`, {
          causes: [{ message: answer.error }],
        })
      : badRequest(answer.error)
  if (!isObject(answer.value)) return badRequest('the patched object is not an object')
  return { object: answer.value }
}

/** Server-side apply. Models: managedfields.FieldManager.Apply */
function apply(
  world: World,
  resource: ApiResource,
  entity: ObjectEntity | undefined,
  change: unknown,
  options: PatchOptions,
): Result {
  if (!isObject(change)) return badRequest('the body of an apply patch must be an object')
  const decoded = decode(world, change, options)
  if ('ok' in decoded) return decoded
  const type = typeOfKind(String(change.apiVersion), String(change.kind))
  const { manager = 'kubectl', ...rest } = options
  if (type === undefined) return refuse(404, 'NotFound', 'the server could not find the requested resource')
  const live = entity ? (served(entity, resource) as unknown as Loose) : undefined
  const answer = serverApply(live, change, type, { manager, time: nowText(world), force: options.force === true })
  if ('conflict' in answer)
    return refuse(409, 'Conflict', answer.conflict, {
      causes: answer.fields.map((field) => ({ reason: 'FieldManagerConflict', message: answer.conflict, field })),
    })
  if (entity) return replace(world, resource, entity, answer.object, rest)
  const created = create(world, answer.object, rest)
  if (!created.ok) return created
  const managed = isObject(answer.object.metadata) ? answer.object.metadata.managedFields : undefined
  const metadata = { ...created.object.metadata, managedFields: managed }
  const object = { ...created.object, metadata } as typeof created.object
  return { ...created, object, emit: created.emit.map((emission) => ({ ...emission, data: { object } })) }
}
