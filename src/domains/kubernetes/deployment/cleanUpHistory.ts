import type { Emission, World } from '../../../kernel/index.ts'
import { deletion } from '../apiserver/remove.ts'
import { timeOf } from '../object/object.ts'
import { type ReplicaSet, wanted } from '../replicaset/replicaSet.ts'
import type { Deployment } from './deployment.ts'
import { revisionHistory } from './revisionHistory.rule.ts'
import { revisionOf } from './revisions.ts'

/** Deletes old ReplicaSets beyond the history limit. Models: pkg/controller/deployment/sync.go cleanupDeployment */
export function cleanUpHistory(world: World, deployment: Deployment, old: readonly ReplicaSet[]): readonly Emission[] {
  const limit = deployment.spec.revisionHistoryLimit
  const oldSets = old.map((set) => ({
    name: set.metadata.name,
    replicas: wanted(set),
    statusReplicas: set.status?.replicas ?? 0,
    createdAt: timeOf(set.metadata.creationTimestamp),
    revision: revisionOf(set),
    deleting: set.metadata.deletionTimestamp !== undefined,
    observed: (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 1),
  }))
  const gone = world.decide(revisionHistory, { limit, oldSets }) as readonly { readonly name: string }[]
  const names = new Set(gone.map(({ name }) => name))
  return old.flatMap((set) => {
    const emission = names.has(set.metadata.name) ? deletion(world, set) : undefined
    return emission ? [{ ...emission, by: undefined, rule: revisionHistory.id, inputs: { limit } }] : []
  })
}
