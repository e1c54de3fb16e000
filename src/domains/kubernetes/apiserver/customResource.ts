import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { every, type KubeObject, type ObjectEntity } from '../object/object.ts'
import { birth, objectKind } from '../object/objectKind.ts'

/** The kernel's one kind for all objects of CustomResourceDefinitions; which of them it is stands in `rest.kind`. */
export const CUSTOM_RESOURCE = 'CustomResource'

/** The kind of custom resources: stored and shown, and nobody acts on them. */
export const customResourceKind = objectKind(CUSTOM_RESOURCE, {
  birth(event, world) {
    const { kind } = (event.data as { readonly object: KubeObject }).object
    const fields = birth(event, world) as Partial<ObjectEntity>
    return { ...fields, rest: { ...fields.rest, kind } }
  },
})

const builtIn = new Set(resourceTable.map((row) => row.kind))

/** Whether a kind comes from a CustomResourceDefinition. */
export function isCustom(kind: string): boolean {
  return !builtIn.has(kind)
}

/** The kernel's kind for objects of an API kind. */
export function kernelKind(kind: string): string {
  return `k8s.${isCustom(kind) ? CUSTOM_RESOURCE : kind}`
}

/** Every stored object of a resource. */
export function* everyOf(world: World, resource: ApiResource): Iterable<ObjectEntity> {
  if (!isCustom(resource.kind)) {
    yield* every(world, resource.kind)
    return
  }
  for (const entity of every(world, CUSTOM_RESOURCE))
    if (entity.rest?.kind === resource.kind && entity.apiVersion.startsWith(`${resource.group}/`)) yield entity
}
