import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { type ObjectEntity, type ObjectMeta, timestamp } from '../object/object.ts'
import { IMMORTAL_NAMESPACES } from './admission/namespaceLifecycle.ts'
import { conflict, forbidden, notFound, type Result } from './result.ts'
import { served, stored } from './stored.ts'

/** `metav1.DeleteOptions`, and who asks. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number | undefined
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' | undefined
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined
  readonly by?: string | undefined
}

/**
 * Deletes an object as `DELETE` does: at once when nothing holds it, else it is marked and stays until its finalizers (and, for a
 * pod, its grace period) are done. Models: apiserver pkg/registry/generic/registry/store.go Delete, pkg/registry/rest/delete.go BeforeDelete
 */
export function remove(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  options: DeleteOptions = {},
): Result {
  const entity = stored(world, resource, namespace, name)
  if (!entity) return notFound(resource, name)
  const { uid, resourceVersion } = options.preconditions ?? {}
  if (uid !== undefined && uid !== entity.metadata.uid)
    return conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${entity.metadata.uid}`,
    )
  if (resourceVersion !== undefined && resourceVersion !== String(entity.rev))
    return conflict(
      resource,
      name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${entity.rev}`,
    )
  if (resource.kind === 'Namespace' && IMMORTAL_NAMESPACES.includes(name))
    return forbidden(resource, name, 'this namespace may not be deleted')
  const emission = deletion(world, entity, options)
  const orphans = resource.kind === 'Job' && options.propagationPolicy === undefined
  return {
    ok: true,
    object: served(entity, resource),
    emit: emission ? [emission] : [],
    ...(orphans ? { warnings: [JOB_WARNING] } : {}),
  }
}

const JOB_WARNING =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning'

/** The event that deletes an entity or marks it for deletion; undefined when it is marked already. Controllers use it directly. */
export function deletion(
  world: World,
  entity: ObjectEntity,
  options: DeleteOptions = {},
): { readonly to: string; readonly type: string; readonly data: object; readonly by: string | undefined } | undefined {
  const { metadata } = entity
  const grace = gracePeriod(entity, options.gracePeriodSeconds)
  const finalizers = finalizersFor(entity, options.propagationPolicy)
  const held =
    grace > 0 || (finalizers?.length ?? 0) > 0 || (entity.kind === 'k8s.Namespace' && hasSpecFinalizers(entity))
  const already = metadata.deletionTimestamp !== undefined
  if (!held) return { to: entity.id, type: 'Removed', data: {}, by: options.by }
  if (already) {
    const shorter = grace < (metadata.deletionGracePeriodSeconds ?? 0)
    if (!shorter || entity.kind !== 'k8s.Pod') return undefined
  }
  const marked: ObjectMeta = {
    ...metadata,
    deletionTimestamp: already && grace > 0 ? shorterTime(world, metadata, grace) : timestamp(world.now + grace * 1000),
    deletionGracePeriodSeconds: grace,
    ...(metadata.generation !== undefined && !already ? { generation: metadata.generation + 1 } : {}),
    ...(finalizers && finalizers.length > 0 ? { finalizers } : {}),
  }
  const status = entity.kind === 'k8s.Namespace' ? { status: { ...entity.status, phase: 'Terminating' } } : {}
  return { to: entity.id, type: 'DeletionRequested', data: { metadata: marked, ...status }, by: options.by }
}

/** Seconds that a pod may take to end; 0 for everything else, and for pods that run nowhere. Models: pkg/registry/core/pod/strategy.go CheckGracefulDelete */
function gracePeriod(entity: ObjectEntity, asked: number | undefined): number {
  if (entity.kind !== 'k8s.Pod') return 0
  const { spec, status, metadata } = entity
  if (typeof spec?.nodeName !== 'string' || spec.nodeName === '') return 0
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0
  const own = typeof spec.terminationGracePeriodSeconds === 'number' ? spec.terminationGracePeriodSeconds : 30
  const grace = Math.max(0, asked ?? own)
  return metadata.deletionGracePeriodSeconds === undefined
    ? grace
    : Math.min(grace, metadata.deletionGracePeriodSeconds)
}

function finalizersFor(
  entity: ObjectEntity,
  policy: DeleteOptions['propagationPolicy'],
): readonly string[] | undefined {
  const own = entity.metadata.finalizers
  if (policy === undefined)
    return entity.kind === 'k8s.Job' && !own?.includes('orphan') ? [...(own ?? []), 'orphan'] : own
  const kept = (own ?? []).filter((finalizer) => finalizer !== 'orphan' && finalizer !== 'foregroundDeletion')
  if (policy === 'Orphan') return [...kept, 'orphan']
  if (policy === 'Foreground') return [...kept, 'foregroundDeletion']
  return kept
}

function hasSpecFinalizers(entity: ObjectEntity): boolean {
  const held = entity.spec?.finalizers
  return Array.isArray(held) && held.length > 0
}

function shorterTime(world: World, metadata: ObjectMeta, grace: number): string {
  const at = timestamp(world.now + grace * 1000)
  return metadata.deletionTimestamp !== undefined && metadata.deletionTimestamp < at ? metadata.deletionTimestamp : at
}
