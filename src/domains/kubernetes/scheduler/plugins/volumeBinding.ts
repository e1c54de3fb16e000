import type { ClusterObjects } from '../clusterObjects.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import { type Claim, namespaceOf, type PersistentVolume, type StorageClass } from '../objects.ts'
import { definePlugin, unresolvable } from '../plugin.ts'
import { claimClass, claimNames, claimNotFound, claimOf, isBound } from '../podClaims.ts'
import { integerOf } from '../resource.ts'
import { matchesNodeSelector } from '../selector.ts'

const lostVolume = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'
const volumeElsewhere = "node(s) didn't match PersistentVolume's node affinity"
const nothingToBind = "node(s) didn't find available persistent volumes to bind"

/**
 * Wants every claim of the pod bound to a volume that the node can reach, or bindable there.
 * Unlike Kubernetes, storage capacity objects are not looked at: a class that provisions can always provision.
 */
export const volumeBinding = definePlugin<VolumeState, undefined>({
  name: 'VolumeBinding',
  source: 'volumebinding/{volume_binding,binder}.go',
  filterSays: "The node must reach the volumes of the pod's claims, or find volumes for those not bound yet.",
  preFilter({ pod, objects }) {
    const names = claimNames(pod)
    if (names.length === 0 || !objects.claim) return { kind: 'skip' }
    const refuse = (reason: string) => ({ kind: 'reject', rejection: unresolvable(reason) }) as const
    const claims: Claim[] = []
    for (const { name, ephemeral } of names) {
      const claim = claimOf(pod, name, objects)
      if (!claim)
        return refuse(
          ephemeral
            ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
            : claimNotFound(name),
        )
      if (claim.status?.phase === 'Lost')
        return refuse(
          `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName ?? ''}"`,
        )
      if (claim.metadata.deletionTimestamp) return refuse(`persistentvolumeclaim "${name}" is being deleted`)
      claims.push(claim)
    }
    const unbound = claims.filter((claim) => !isBound(claim))
    const waiting = unbound.filter((claim) => waitsForConsumer(claim, objects))
    if (waiting.length < unbound.length) return refuse('pod has unbound immediate PersistentVolumeClaims')
    return { kind: 'run', state: { bound: claims.filter(isBound), waiting } }
  },
  filter({ objects }, { bound, waiting }, info) {
    const reasons = new Set<string>()
    for (const claim of bound) {
      const volume = objects.volume?.(claim.spec?.volumeName ?? '')
      if (!volume) reasons.add(lostVolume)
      else if (!reaches(volume, info)) reasons.add(volumeElsewhere)
    }
    const taken = new Set<PersistentVolume>()
    for (const claim of waiting) {
      const volume = candidates(claim, objects).find((v) => !taken.has(v) && reaches(v, info))
      if (volume) taken.add(volume)
      else if (!canProvision(objects.storageClass?.(claimClass(claim)), info)) reasons.add(nothingToBind)
    }
    return reasons.size === 0 ? undefined : unresolvable(...[...reasons].sort())
  },
})

interface VolumeState {
  readonly bound: readonly Claim[]
  /** Claims that are bound once the pod has a node. */
  readonly waiting: readonly Claim[]
}

function waitsForConsumer(claim: Claim, objects: ClusterObjects): boolean {
  return objects.storageClass?.(claimClass(claim))?.volumeBindingMode === 'WaitForFirstConsumer'
}

function reaches(volume: PersistentVolume, info: NodeInfo): boolean {
  const required = volume.spec?.nodeAffinity?.required
  return !required || (info.node !== undefined && matchesNodeSelector(required, info.node))
}

/** Free volumes that would satisfy a claim, smallest first. */
function candidates(claim: Claim, objects: ClusterObjects): readonly PersistentVolume[] {
  const size = (volume: PersistentVolume) => integerOf(volume.spec?.capacity?.storage)
  const asked = integerOf(claim.spec?.resources?.requests?.storage)
  return (objects.volumes?.() ?? [])
    .filter((volume) => {
      const reserved = volume.spec?.claimRef
      if (
        reserved &&
        (reserved.name !== claim.metadata.name || (reserved.namespace ?? 'default') !== namespaceOf(claim))
      )
        return false
      return (
        (reserved !== undefined || (volume.status?.phase ?? 'Available') === 'Available') &&
        (volume.spec?.storageClassName ?? '') === claimClass(claim) &&
        size(volume) >= asked &&
        (claim.spec?.accessModes ?? []).every((mode) => volume.spec?.accessModes?.includes(mode))
      )
    })
    .sort((a, b) => size(a) - size(b) || (a.metadata.name < b.metadata.name ? -1 : 1))
}

function canProvision(storageClass: StorageClass | undefined, info: NodeInfo): boolean {
  if (!storageClass?.provisioner || storageClass.provisioner === 'kubernetes.io/no-provisioner') return false
  const topologies = storageClass.allowedTopologies ?? []
  return (
    topologies.length === 0 ||
    topologies.some((term) =>
      (term.matchLabelExpressions ?? []).every(({ key, values }) => values.includes(info.labels[key] ?? '')),
    )
  )
}
