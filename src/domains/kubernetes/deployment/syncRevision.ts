import type { Emission, World } from '../../../kernel/index.ts'
import type { ReplicaSet } from '../replicaset/replicaSet.ts'
import { condition, conditionOf, setCondition } from './conditions.ts'
import { createReplicaSet } from './createReplicaSet.ts'
import { type Deployment, REVISION, REVISION_HISTORY } from './deployment.ts'
import { copiedAnnotations, extendHistory, newReplicaSet, revisionOf } from './revisions.ts'

/** The ReplicaSets told apart, with the Deployment as this pass goes on with it and what has been asked for so far. */
export interface Sorted {
  readonly deployment: Deployment
  readonly updated: ReplicaSet | undefined
  readonly old: readonly ReplicaSet[]
  readonly emit: readonly Emission[]
  /** Whether a ReplicaSet is created in this pass. */
  readonly created: boolean
  /** Why the new ReplicaSet could not be created. */
  readonly error?: string
}

/**
 * Finds the ReplicaSet of the present template, and numbers it as the newest revision; creates it where `mayCreate` and there is none.
 * Models: pkg/controller/deployment/sync.go getAllReplicaSetsAndSyncRevision
 */
export function syncRevision(
  world: World,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  mayCreate: boolean,
): Sorted {
  const updated = newReplicaSet(deployment, sets)
  const old = sets.filter((set) => set !== updated)
  const revision = Math.max(0, ...old.map(revisionOf)) + 1
  if (updated) return reuse(world, deployment, updated, old, revision)
  if (!mayCreate) return { deployment, updated: undefined, old, emit: [], created: false }
  const creation = createReplicaSet(world, deployment, old, revision)
  if ('error' in creation) {
    const message = `Failed to create new replica set "${creation.name}": ${creation.error}`
    const failed = withCondition(deployment, condition(world, 'Progressing', 'False', 'ReplicaSetCreateError', message))
    return { deployment: failed, updated: undefined, old, emit: [], created: false, error: message }
  }
  const { set, emission, collisions } = creation
  const message = `Created new replica set "${set.metadata.name}"`
  let next = withRevision(deployment, String(revision))
  if (deployment.spec.progressDeadlineSeconds !== undefined)
    next = withCondition(next, condition(world, 'Progressing', 'True', 'NewReplicaSetCreated', message))
  if (collisions !== (deployment.status?.collisionCount ?? 0))
    next = { ...next, status: { ...next.status, collisionCount: collisions } }
  return { deployment: next, updated: set, old, emit: [emission], created: true }
}

function reuse(
  world: World,
  deployment: Deployment,
  set: ReplicaSet,
  old: readonly ReplicaSet[],
  revision: number,
): Sorted {
  const { metadata, spec } = set
  const annotations: Record<string, string> = { ...metadata.annotations, ...copiedAnnotations(deployment) }
  const own = revisionOf(set)
  if (own < revision) {
    if (own > 0) annotations[REVISION_HISTORY] = extendHistory(annotations[REVISION_HISTORY], String(own))
    annotations[REVISION] = String(revision)
  }
  const minReady = deployment.spec.minReadySeconds ?? 0
  const changedSpec = (spec.minReadySeconds ?? 0) !== minReady
  const changed =
    changedSpec || Object.entries(annotations).some(([key, value]) => metadata.annotations?.[key] !== value)
  let current = set
  const emit: Emission[] = []
  if (changed) {
    const generation = (metadata.generation ?? 1) + (changedSpec ? 1 : 0)
    const parts = {
      metadata: { ...metadata, annotations, generation },
      ...(changedSpec ? { spec: { ...spec, minReadySeconds: minReady } } : {}),
    }
    emit.push({ to: set.id, type: 'Updated', data: parts })
    current = { ...set, ...parts } as ReplicaSet
  }
  let next = withRevision(deployment, annotations[REVISION] ?? '')
  const known = conditionOf(next.status?.conditions ?? [], 'Progressing')
  if (!known && deployment.spec.progressDeadlineSeconds !== undefined)
    next = withCondition(
      next,
      condition(world, 'Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${metadata.name}"`),
    )
  return { deployment: next, updated: current, old, emit, created: false }
}

/** The Deployment with a condition set. */
export function withCondition(deployment: Deployment, next: ReturnType<typeof condition>): Deployment {
  const conditions = setCondition(deployment.status?.conditions ?? [], next)
  return { ...deployment, status: { ...deployment.status, conditions } }
}

function withRevision(deployment: Deployment, revision: string): Deployment {
  const { metadata } = deployment
  if (revision === '' || metadata.annotations?.[REVISION] === revision) return deployment
  return { ...deployment, metadata: { ...metadata, annotations: { ...metadata.annotations, [REVISION]: revision } } }
}
