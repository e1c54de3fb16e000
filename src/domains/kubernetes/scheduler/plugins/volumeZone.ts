import type { PersistentVolume } from '../objects.ts'
import { definePlugin, unresolvable } from '../plugin.ts'
import { claimClass, claimNotFound, claimOf } from '../podClaims.ts'

const refusal = unresolvable('node(s) had no available volume zone')
const generalKeys: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
}

/** Wants the node in the zone and region that the labels of the pod's bound volumes name. */
export const volumeZone = definePlugin<readonly ZoneWant[], undefined>({
  name: 'VolumeZone',
  source: 'volumezone/volume_zone.go',
  filterSays: 'A node with zone labels must lie in a zone of every bound volume that has zone labels.',
  preFilter({ pod, objects }) {
    if (!objects.claim) return { kind: 'skip' }
    const refuse = (reason: string) => ({ kind: 'reject', rejection: unresolvable(reason) }) as const
    const wants: ZoneWant[] = []
    for (const volume of pod.spec.volumes ?? []) {
      if (!volume.persistentVolumeClaim) continue
      const name = volume.persistentVolumeClaim.claimName
      if (!name) return refuse('PersistentVolumeClaim had no name')
      const claim = claimOf(pod, name, objects)
      if (!claim) return refuse(claimNotFound(name))
      const volumeName = claim.spec?.volumeName
      if (volumeName) {
        const found = objects.volume?.(volumeName)
        if (!found) return refuse(`persistentvolume "${volumeName}" not found`)
        wants.push(...zonesOf(found))
        continue
      }
      const className = claimClass(claim)
      if (!className) return refuse('PersistentVolumeClaim had no pv name and storageClass name')
      const storageClass = objects.storageClass?.(className)
      if (!storageClass) return refuse(`storageclass.storage.k8s.io "${className}" not found`)
      if (!storageClass.volumeBindingMode) return refuse(`VolumeBindingMode not set for StorageClass "${className}"`)
      if (storageClass.volumeBindingMode !== 'WaitForFirstConsumer') return refuse('PersistentVolume had no name')
    }
    return wants.length === 0 ? { kind: 'skip' } : { kind: 'run', state: wants }
  },
  filter(_cycle, wants, { labels }) {
    if (!Object.keys(generalKeys).some((key) => labels[key] !== undefined)) return undefined
    const met = wants.every(({ key, values }) => values.has(labels[key] ?? labels[generalKeys[key] ?? key] ?? ''))
    return met ? undefined : refusal
  },
})

interface ZoneWant {
  readonly key: string
  readonly values: ReadonlySet<string>
}

/** A volume may name several zones, joined by `__`. */
function zonesOf(volume: PersistentVolume): readonly ZoneWant[] {
  return Object.keys(generalKeys).flatMap((key) => {
    const value = volume.metadata.labels?.[key]
    return value === undefined ? [] : [{ key, values: new Set(value.split('__')) }]
  })
}
