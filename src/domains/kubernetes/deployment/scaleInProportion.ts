import type { Emission, World } from '../../../kernel/index.ts'
import { timeOf } from '../object/object.ts'
import { type ReplicaSet, wanted } from '../replicaset/replicaSet.ts'
import { DESIRED_REPLICAS, type Deployment, MAX_REPLICAS, replicasOf, strategyInput } from './deployment.ts'
import { proportionalScale, type ScalableReplicaSet } from './proportionalScale.rule.ts'
import { scaleReplicaSet } from './scaleReplicaSet.ts'
import type { Sorted } from './syncRevision.ts'

/** Shares a new size of the Deployment between its ReplicaSets. Models: pkg/controller/deployment/sync.go scale */
export function scaleInProportion(world: World, deployment: Deployment, sorted: Sorted): readonly Emission[] {
  const brief = {
    ...strategyInput(deployment),
    replicas: replicasOf(deployment),
    statusReplicas: deployment.status?.replicas ?? 0,
  }
  const sizes = world.decide(proportionalScale, {
    ...brief,
    newSet: sorted.updated ? sized(sorted.updated) : null,
    oldSets: sorted.old.map(sized),
  }) as ReadonlyMap<string, number>
  return [...sorted.old, ...(sorted.updated ? [sorted.updated] : [])].flatMap((set) => {
    const size = sizes.get(set.metadata.name) ?? wanted(set)
    if (size === 0 && wanted(set) === 0) return []
    const emission = scaleReplicaSet(deployment, set, size, { rule: proportionalScale.id, inputs: brief })
    return emission ? [emission] : []
  })
}

function sized(set: ReplicaSet): ScalableReplicaSet {
  return {
    name: set.metadata.name,
    replicas: wanted(set),
    createdAt: timeOf(set.metadata.creationTimestamp),
    available: set.status?.availableReplicas ?? 0,
    desiredAnnotation: numberOf(set.metadata.annotations?.[DESIRED_REPLICAS]),
    maxAnnotation: numberOf(set.metadata.annotations?.[MAX_REPLICAS]),
  }
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : null
}
