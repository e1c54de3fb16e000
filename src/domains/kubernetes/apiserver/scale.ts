import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { formatLabelSelector, formatSelector, type LabelSelector, parseSelector } from '../api/labels.ts'
import { type Loose, valueAt } from '../api/loose.ts'
import { type KubeObject, type ObjectEntity, objectOf } from '../object/object.ts'
import type { WriteOptions } from './create.ts'
import { conflict, notFound, type Refused, type Result, refuse } from './result.ts'
import { stored } from './stored.ts'
import { replace } from './update.ts'

/** Kinds with a `scale` subresource. */
export const SCALABLE: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']

/** The `autoscaling/v1 Scale` of an object. */
export function getScale(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
): { readonly ok: true; readonly object: KubeObject; readonly entity: ObjectEntity } | Refused {
  const entity = stored(world, resource, namespace, name)
  if (!entity) return notFound(resource, name)
  if (!SCALABLE.includes(resource.kind))
    return refuse(404, 'NotFound', 'the server could not find the requested resource')
  return { ok: true, object: scaleOf(entity), entity }
}

/** Sets `spec.replicas` through the `scale` subresource. */
export function setScale(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  replicas: number,
  options: WriteOptions & { readonly resourceVersion?: string } = {},
): Result {
  const found = getScale(world, resource, namespace, name)
  if (!found.ok) return found
  if (options.resourceVersion !== undefined && options.resourceVersion !== String(found.entity.rev))
    return conflict(resource, name)
  if (replicas < 0)
    return refuse(
      422,
      'Invalid',
      `Scale.autoscaling "${name}" is invalid: spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
      {
        name,
        group: 'autoscaling',
        kind: 'Scale',
        causes: [
          {
            field: 'spec.replicas',
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
          },
        ],
      },
    )
  const object = objectOf(found.entity) as unknown as Loose
  const answer = replace(
    world,
    resource,
    found.entity,
    { ...object, spec: { ...found.entity.spec, replicas } },
    options,
  )
  if (!answer.ok) return answer
  return { ...answer, object: { ...scaleOf(found.entity), spec: { replicas } } }
}

function scaleOf(entity: ObjectEntity): KubeObject {
  const { name, namespace, uid, creationTimestamp } = entity.metadata
  const selector = entity.spec?.selector
  const text =
    entity.kind === 'k8s.ReplicationController'
      ? plainSelector(selector as Readonly<Record<string, string>> | undefined)
      : formatLabelSelector(selector as LabelSelector | undefined)
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid,
      creationTimestamp,
      resourceVersion: String(entity.rev),
    },
    spec: { replicas: Number(valueAt(entity.spec, 'replicas') ?? 1) },
    status: { replicas: Number(valueAt(entity.status, 'replicas') ?? 0), selector: text },
  }
}

function plainSelector(labels: Readonly<Record<string, string>> | undefined): string {
  const parsed = parseSelector(
    Object.entries(labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  )
  return parsed.ok ? formatSelector(parsed.selector) : ''
}
