import type { World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'

const REVISION = 'deployment.kubernetes.io/revision'

/** Whether a pod belongs to its Deployment's newest ReplicaSet while an older one still has pods; undefined when there is only one. */
export function revisionOf(pod: ObjectEntity, world: World): 'old' | 'new' | undefined {
  const set = pod.owner === undefined ? undefined : (world.get(pod.owner) as ObjectEntity | undefined)
  const deployment = set?.owner === undefined ? undefined : (world.get(set.owner) as ObjectEntity | undefined)
  if (!set || !deployment) return undefined
  const sets = world.ownedBy(deployment.id) as readonly ObjectEntity[]
  const active = sets.filter((other) => Number(other.status?.replicas ?? 0) > 0)
  if (active.length < 2 && active[0] === set && deployment.state !== 'Progressing') return undefined
  if (sets.length < 2) return undefined
  const newest = deployment.metadata.annotations?.[REVISION]
  return set.metadata.annotations?.[REVISION] === newest ? 'new' : 'old'
}
