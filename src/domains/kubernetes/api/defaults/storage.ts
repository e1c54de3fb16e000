import { fill, isObject, type Loose, objectAt, structAt } from '../loose.ts'

/** Models: pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolume. */
export function defaultPersistentVolume(object: Loose): void {
  fill(object, { status: {} })
  if (isObject(object.status)) fill(object.status, { phase: 'Pending' }, true)
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { persistentVolumeReclaimPolicy: 'Retain' }, true)
  fill(spec, { volumeMode: 'Filesystem' })
  const host = objectAt(spec, 'hostPath')
  if (host) fill(host, { type: '' })
}

/** Models: SetDefaults_PersistentVolumeClaim. The default StorageClass is set by admission, not here. */
export function defaultPersistentVolumeClaim(object: Loose): void {
  fill(object, { status: {} })
  if (isObject(object.status)) fill(object.status, { phase: 'Pending' }, true)
  const spec = structAt(object, 'spec')
  if (spec) fill(spec, { volumeMode: 'Filesystem' })
}

/** Models: pkg/apis/storage/v1/defaults.go SetDefaults_StorageClass. */
export function defaultStorageClass(object: Loose): void {
  fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' })
}

/** Models: SetDefaults_CSIDriver. */
export function defaultCsiDriver(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, {
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    volumeLifecycleModes: ['Persistent'],
    requiresRepublish: false,
    seLinuxMount: false,
  })
}
