import type { World } from '../../../kernel/index.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'
import { conflict, notFound, type Result, refuse } from './result.ts'
import { stored } from './stored.ts'

/**
 * Binds a pod to a node as `POST pods/x/binding` does; the scheduler's own path emits the same `Scheduled`.
 * Models: pkg/registry/core/pod/storage/storage.go BindingREST
 */
export function bind(
  world: World,
  namespace: string,
  name: string,
  node: string,
  options: { readonly by?: string | undefined } = {},
): Result {
  const pods = resourceTable.find((row) => row.kind === 'Pod')
  const entity: ObjectEntity | undefined = pods && stored(world, pods, namespace, name)
  if (!pods || !entity) return refuse(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' })
  if (entity.metadata.deletionTimestamp !== undefined)
    return conflict(pods, name, `pod ${name} is being deleted, cannot be assigned to a host`)
  if (typeof entity.spec?.nodeName === 'string' && entity.spec.nodeName !== '')
    return conflict(pods, name, `pod ${name} is already assigned to node "${entity.spec.nodeName}"`)
  const nodes = resourceTable.find((row) => row.kind === 'Node')
  if (nodes && !stored(world, nodes, undefined, node)) return notFound(nodes, node)
  const spec = { ...entity.spec, nodeName: node }
  return {
    ok: true,
    object: { ...objectOf(entity), spec },
    emit: [{ to: entity.id, type: 'Scheduled', data: { spec }, by: options.by }],
  }
}
