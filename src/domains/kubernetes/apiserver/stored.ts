import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { convertObject } from '../api/convert.ts'
import type { Loose } from '../api/loose.ts'
import { apiVersionOf, resourceOfKind, resourcesOfCrd } from '../api/resources.ts'
import { every, find, type KubeObject, type ObjectEntity, objectOf } from '../object/object.ts'

/** The version in which objects of a kind are stored, where it is served in several. */
const STORAGE_VERSION: Readonly<Record<string, string>> = { HorizontalPodAutoscaler: 'autoscaling/v2' }

/** Resources of the CustomResourceDefinitions in the world, for the look-ups of `api/resources.ts`. */
export function customResources(world: World): readonly ApiResource[] {
  const found: ApiResource[] = []
  for (const crd of every(world, 'CustomResourceDefinition')) found.push(...resourcesOfCrd({ spec: crd.spec }))
  return found
}

/** The resource that serves an object's kind and version, or undefined. */
export function resourceFor(world: World, object: Loose): ApiResource | undefined {
  const answer = resourceOfKind(String(object.apiVersion ?? ''), String(object.kind ?? ''), customResources(world))
  return 'resource' in answer ? answer.resource : undefined
}

/** The stored entity that a request names, or undefined. */
export function stored(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
): ObjectEntity | undefined {
  return find(world, resource.kind, resource.namespaced ? (namespace ?? 'default') : undefined, name)
}

/** The object in the version that it is stored in. */
export function toStored(object: Loose): Loose {
  const version = STORAGE_VERSION[String(object.kind)]
  return version === undefined ? object : convertObject(object, version)
}

/** A stored object in the version that a resource serves. */
export function served(entity: ObjectEntity, resource: ApiResource): KubeObject {
  const object = objectOf(entity)
  const version = apiVersionOf(resource)
  return object.apiVersion === version ? object : (convertObject(object as Loose, version) as unknown as KubeObject)
}

/** Sees a loosely typed object as a stored one; it has been decoded, defaulted and validated. */
export function asKube(object: Loose): KubeObject {
  return object as unknown as KubeObject
}
