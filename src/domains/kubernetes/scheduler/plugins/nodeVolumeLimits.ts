import type { NodeInfo } from '../nodeInfo.ts'
import type { Pod } from '../objects.ts'
import { type Cycle, definePlugin, unschedulable } from '../plugin.ts'
import { claimNames, claimOf, csiVolume } from '../podClaims.ts'

const refusal = unschedulable('node(s) exceed max volume count')

/** Keeps within how many CSI volumes of a driver can be attached to a node, as its CSINode says. */
export const nodeVolumeLimits = definePlugin<ReadonlyMap<string, string>, undefined>({
  name: 'NodeVolumeLimits',
  source: 'nodevolumelimits/csi.go',
  filterSays: "The node must be able to attach the pod's volumes on top of those attached already.",
  preFilter(cycle) {
    if (!cycle.objects.csiNode || !cycle.objects.claim) return { kind: 'skip' }
    const wanted = volumesOf(cycle.pod, cycle)
    return wanted.size === 0 ? { kind: 'skip' } : { kind: 'run', state: wanted }
  },
  filter(cycle, wanted, info) {
    const limits = new Map<string, number>()
    for (const { name, allocatable } of cycle.objects.csiNode?.(info.name)?.spec?.drivers ?? [])
      if (allocatable?.count !== undefined) limits.set(name, allocatable.count)
    if (limits.size === 0) return undefined
    const attached = attachedVolumes(cycle, info)
    const fresh = [...wanted].filter(([id]) => !attached.has(id))
    for (const [driver, limit] of limits) {
      const more = fresh.filter(([, own]) => own === driver).length
      if (more === 0) continue
      let used = 0
      for (const own of attached.values()) if (own === driver) used++
      if (used + more > limit) return refusal
    }
    return undefined
  },
})

function attachedVolumes(cycle: Cycle, info: NodeInfo): ReadonlyMap<string, string> {
  const attached = new Map<string, string>()
  for (const entry of info.pods) for (const [id, driver] of volumesOf(entry.pod, cycle)) attached.set(id, driver)
  return attached
}

/** Volume identities of a pod, each with its driver. */
function volumesOf(pod: Pod, { objects }: Cycle): ReadonlyMap<string, string> {
  const volumes = new Map<string, string>()
  for (const { name } of claimNames(pod)) {
    const claim = claimOf(pod, name, objects)
    const volume = claim && csiVolume(claim, objects)
    if (volume) volumes.set(volume.id, volume.driver)
  }
  return volumes
}
