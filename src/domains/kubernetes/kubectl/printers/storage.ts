import { type Loose, objectAt, textAt, valueAt } from '../../api/loose.ts'
import { age, nameOf, type Printer } from './printer.ts'

/** Configuration and storage. Models: pkg/printers/internalversion/printers.go */
export const storagePrinters: Readonly<Record<string, Printer>> = {
  ConfigMap: {
    columns: ['Name', 'Data', 'Age'],
    row: (object, seen) => [nameOf(object), String(size(object.data) + size(object.binaryData)), age(object, seen)],
  },
  Secret: {
    columns: ['Name', 'Type', 'Data', 'Age'],
    row: (object, seen) => [nameOf(object), textAt(object, 'type'), String(size(object.data)), age(object, seen)],
  },
  PersistentVolume: {
    columns: [
      'Name',
      'Capacity',
      'Access Modes',
      'Reclaim Policy',
      'Status',
      'Claim',
      'StorageClass',
      'VolumeAttributesClass',
      'Reason',
      'Age',
      'VolumeMode*',
    ],
    row: (volume, seen) => {
      const claim = objectAt(volume, 'spec', 'claimRef')
      return [
        nameOf(volume),
        String(valueAt(volume, 'spec', 'capacity', 'storage') ?? ''),
        accessModes(valueAt(volume, 'spec', 'accessModes')),
        textAt(volume, 'spec', 'persistentVolumeReclaimPolicy'),
        valueAt(volume, 'metadata', 'deletionTimestamp') ? 'Terminating' : textAt(volume, 'status', 'phase'),
        claim ? `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}` : '',
        textAt(volume, 'spec', 'storageClassName'),
        textAt(volume, 'spec', 'volumeAttributesClassName') || '<unset>',
        textAt(volume, 'status', 'reason'),
        age(volume, seen),
        textAt(volume, 'spec', 'volumeMode') || '<unset>',
      ]
    },
  },
  PersistentVolumeClaim: {
    columns: [
      'Name',
      'Status',
      'Volume',
      'Capacity',
      'Access Modes',
      'StorageClass',
      'VolumeAttributesClass',
      'Age',
      'VolumeMode*',
    ],
    row: (claim, seen) => {
      const bound = textAt(claim, 'spec', 'volumeName') !== ''
      return [
        nameOf(claim),
        valueAt(claim, 'metadata', 'deletionTimestamp') ? 'Terminating' : textAt(claim, 'status', 'phase'),
        textAt(claim, 'spec', 'volumeName'),
        bound ? String(valueAt(claim, 'status', 'capacity', 'storage') ?? '') : '',
        bound ? accessModes(valueAt(claim, 'status', 'accessModes')) : '',
        textAt(claim, 'spec', 'storageClassName'),
        textAt(claim, 'spec', 'volumeAttributesClassName') || '<unset>',
        age(claim, seen),
        textAt(claim, 'spec', 'volumeMode') || '<unset>',
      ]
    },
  },
  StorageClass: {
    columns: ['Name', 'Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion', 'Age'],
    row: (object, seen) => [
      `${nameOf(object)}${textAt(object, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') === 'true' ? ' (default)' : ''}`,
      textAt(object, 'provisioner'),
      textAt(object, 'reclaimPolicy') || 'Delete',
      textAt(object, 'volumeBindingMode') || '<unset>',
      String(object.allowVolumeExpansion ?? false),
      age(object, seen),
    ],
  },
  CSINode: {
    columns: ['Name', 'Drivers', 'Age'],
    row: (object, seen) => [
      nameOf(object),
      String((valueAt(object, 'spec', 'drivers') as unknown[] | undefined)?.length ?? 0),
      age(object, seen),
    ],
  },
  VolumeAttachment: {
    columns: ['Name', 'Attacher', 'PV', 'Node', 'Attached', 'Age'],
    row: (object, seen) => [
      nameOf(object),
      textAt(object, 'spec', 'attacher'),
      textAt(object, 'spec', 'source', 'persistentVolumeName'),
      textAt(object, 'spec', 'nodeName'),
      String(valueAt(object, 'status', 'attached') ?? false),
      age(object, seen),
    ],
  },
}

/** `RWO,ROX`. */
export function accessModes(modes: unknown): string {
  const list = Array.isArray(modes) ? modes : []
  const short = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' }
  return Object.entries(short)
    .flatMap(([mode, text]) => (list.includes(mode) ? [text] : []))
    .join(',')
}

function size(data: unknown): number {
  return Object.keys((data ?? {}) as Loose).length
}
