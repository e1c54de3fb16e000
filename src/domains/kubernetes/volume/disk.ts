import type { Entity, World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import { textAt } from '../api/loose.ts'
import type { PodSpec, Volume } from '../kubelet/podPlan.ts'
import { find, type ObjectEntity } from '../object/object.ts'

/** What is written on the medium behind a persistent volume, or below a path of a node: it outlives the pods that mount it. */
export interface Disk extends Entity {
  readonly files: FileChanges
}

/** Entity id of the disk behind a volume of a pod; undefined for volumes that die with their pod, and while a claim is not bound. */
export function diskIdOf(world: World, pod: ObjectEntity, volume: Volume): string | undefined {
  const node = textAt(pod.spec, 'nodeName')
  if (volume.hostPath) return `k8s.Disk/${node}:${volume.hostPath.path}`
  const name = volume.persistentVolumeClaim?.claimName
  if (name === undefined) return undefined
  const claim = find(world, 'PersistentVolumeClaim', pod.metadata.namespace, name)
  const bound = textAt(claim?.spec, 'volumeName')
  if (bound === '') return undefined
  const medium = find(world, 'PersistentVolume', undefined, bound)
  const path = textAt(medium?.spec, 'hostPath', 'path') || textAt(medium?.spec, 'local', 'path')
  return path === '' ? `k8s.Disk/${bound}` : `k8s.Disk/${node}:${path}`
}

/** The volumes of a pod that have a disk behind them, each with its disk's id. */
export function disksOf(world: World, pod: ObjectEntity): readonly (readonly [volume: string, disk: string])[] {
  const { volumes } = pod.spec as unknown as PodSpec
  if (!volumes?.some((volume) => volume.persistentVolumeClaim || volume.hostPath)) return NONE
  return volumes.flatMap((volume) => {
    const disk = diskIdOf(world, pod, volume)
    return disk === undefined ? [] : [[volume.name, disk] as const]
  })
}

const NONE: readonly (readonly [string, string])[] = []
