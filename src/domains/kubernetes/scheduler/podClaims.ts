import type { ClusterObjects } from './clusterObjects.ts'
import { type Claim, namespaceOf, type PersistentVolume, type Pod } from './objects.ts'

/** The names of the claims that a pod's volumes use; an ephemeral volume's claim is `<pod>-<volume>`. */
export function claimNames(pod: Pod): readonly { readonly name: string; readonly ephemeral: boolean }[] {
  const names: { name: string; ephemeral: boolean }[] = []
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.persistentVolumeClaim) names.push({ name: volume.persistentVolumeClaim.claimName, ephemeral: false })
    else if (volume.ephemeral) names.push({ name: `${pod.metadata.name}-${volume.name}`, ephemeral: true })
  }
  return names
}

/** A pod's claim by name. */
export function claimOf(pod: Pod, name: string, objects: ClusterObjects): Claim | undefined {
  return objects.claim?.(namespaceOf(pod), name)
}

/** The API's words for a claim that is not there. */
export function claimNotFound(name: string): string {
  return `persistentvolumeclaim "${name}" not found`
}

/** Whether a claim is bound to a volume for good. */
export function isBound(claim: Claim): boolean {
  if (!claim.spec?.volumeName) return false
  return claim.status?.phase !== 'Pending' || claim.metadata.annotations?.['pv.kubernetes.io/bind-completed'] === 'yes'
}

/** The class that a claim asks for, by field or by the old annotation. */
export function claimClass(claim: Claim): string {
  return claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? claim.spec?.storageClassName ?? ''
}

/** The CSI driver and the identity of the volume behind a claim, if a CSI driver provides it. */
export function csiVolume(
  claim: Claim,
  objects: ClusterObjects,
): { readonly driver: string; readonly id: string } | undefined {
  const volume: PersistentVolume | undefined = claim.spec?.volumeName
    ? objects.volume?.(claim.spec.volumeName)
    : undefined
  const csi = volume?.spec?.csi
  if (csi) return { driver: csi.driver, id: `${csi.driver}/${csi.volumeHandle ?? volume.metadata.name}` }
  if (volume) return undefined
  const provisioner = objects.storageClass?.(claimClass(claim))?.provisioner
  if (!provisioner) return undefined
  return { driver: provisioner, id: `${provisioner}/${namespaceOf(claim)}/${claim.metadata.name}` }
}
