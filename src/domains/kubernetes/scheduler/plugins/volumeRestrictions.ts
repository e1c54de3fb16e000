import { namespaceOf, type Pod, type Volume } from '../objects.ts'
import { definePlugin, unresolvable, unschedulable } from '../plugin.ts'
import { claimNames, claimNotFound, claimOf } from '../podClaims.ts'

const diskRefusal = unschedulable('node(s) had no available disk')
const claimRefusal = unschedulable(
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
)

/** Keeps a disk that only one pod may mount, and a ReadWriteOncePod claim, from a second pod. */
export const volumeRestrictions = definePlugin<
  { readonly disks: readonly Volume[]; readonly inUse: boolean },
  undefined
>({
  name: 'VolumeRestrictions',
  source: 'volumerestrictions/volume_restrictions.go',
  filterSays:
    'No other pod may already use the same single-writer disk on the node, or the same ReadWriteOncePod claim.',
  preFilter({ pod, snapshot, objects }) {
    const disks = (pod.spec.volumes ?? []).filter(isDisk)
    const exclusive: string[] = []
    if (objects.claim)
      for (const { name, ephemeral } of claimNames(pod)) {
        if (ephemeral) continue
        const claim = claimOf(pod, name, objects)
        if (!claim) return { kind: 'reject', rejection: unresolvable(claimNotFound(name)) }
        if (claim.spec?.accessModes?.includes('ReadWriteOncePod')) exclusive.push(name)
      }
    if (disks.length === 0 && exclusive.length === 0) return { kind: 'skip' }
    const inUse = exclusive.some((name) => snapshot.claimsInUse.has(`${namespaceOf(pod)}/${name}`))
    return { kind: 'run', state: { disks, inUse } }
  },
  filter(_cycle, { disks, inUse }, info) {
    if (disks.length > 0) for (const entry of info.pods) if (clashes(disks, entry.pod)) return diskRefusal
    return inUse ? claimRefusal : undefined
  },
})

function isDisk(volume: Volume): boolean {
  return Boolean(volume.gcePersistentDisk ?? volume.awsElasticBlockStore ?? volume.iscsi ?? volume.rbd)
}

function clashes(disks: readonly Volume[], pod: Pod): boolean {
  return (pod.spec.volumes ?? []).some((other) => disks.some((disk) => clash(disk, other)))
}

function clash(a: Volume, b: Volume): boolean {
  if (a.gcePersistentDisk && b.gcePersistentDisk)
    return (
      a.gcePersistentDisk.pdName === b.gcePersistentDisk.pdName &&
      !bothReadOnly(a.gcePersistentDisk, b.gcePersistentDisk)
    )
  if (a.awsElasticBlockStore && b.awsElasticBlockStore)
    return a.awsElasticBlockStore.volumeID === b.awsElasticBlockStore.volumeID
  if (a.iscsi && b.iscsi) return a.iscsi.iqn === b.iscsi.iqn && !bothReadOnly(a.iscsi, b.iscsi)
  if (a.rbd && b.rbd)
    return (
      (a.rbd.monitors ?? []).some((monitor) => b.rbd?.monitors?.includes(monitor)) &&
      (a.rbd.pool ?? 'rbd') === (b.rbd.pool ?? 'rbd') &&
      a.rbd.image === b.rbd.image &&
      !bothReadOnly(a.rbd, b.rbd)
    )
  return false
}

function bothReadOnly(a: { readonly readOnly?: boolean }, b: { readonly readOnly?: boolean }): boolean {
  return a.readOnly === true && b.readOnly === true
}
