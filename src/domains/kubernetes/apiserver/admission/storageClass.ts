import type { World } from '../../../../kernel/index.ts'
import type { Loose } from '../../api/loose.ts'
import { every, type ObjectEntity } from '../../object/object.ts'

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

/**
 * Gives a claim without a class the default one: of several, the newest; changes `spec`.
 * Models: plugin/pkg/admission/storage/storageclass/setdefault/admission.go
 */
export function admitStorageClass(world: World, spec: Loose): void {
  if (spec.storageClassName !== undefined && spec.storageClassName !== null) return
  let newest: ObjectEntity | undefined
  for (const entity of every(world, 'StorageClass')) {
    if (entity.metadata.annotations?.[DEFAULT_CLASS] !== 'true') continue
    if (!newest || entity.metadata.creationTimestamp > newest.metadata.creationTimestamp) newest = entity
    else if (
      entity.metadata.creationTimestamp === newest.metadata.creationTimestamp &&
      entity.metadata.name < newest.metadata.name
    )
      newest = entity
  }
  if (newest) spec.storageClassName = newest.metadata.name
}
