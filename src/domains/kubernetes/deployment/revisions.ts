import type { World } from '../../../kernel/index.ts'
import { type Loose, objectAt } from '../api/loose.ts'
import { ownedObjects } from '../replicaset/podTally.ts'
import type { ReplicaSet } from '../replicaset/replicaSet.ts'
import { templateOf } from '../replicaset/replicaSet.ts'
import {
  CHANGE_CAUSE,
  DESIRED_REPLICAS,
  type Deployment,
  MAX_REPLICAS,
  REVISION,
  REVISION_HISTORY,
} from './deployment.ts'
import { templateText, withoutHash } from './templateHash.ts'

/** The ReplicaSets of a Deployment, oldest first. */
export function replicaSetsOf(world: World, deployment: Deployment): readonly ReplicaSet[] {
  const sets = [...ownedObjects(world, deployment, 'k8s.ReplicaSet')] as ReplicaSet[]
  return sets.sort(byAge)
}

/** Orders ReplicaSets by age, then name. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [x, y] = [a.metadata, b.metadata]
  if (x.creationTimestamp !== y.creationTimestamp) return x.creationTimestamp < y.creationTimestamp ? -1 : 1
  return x.name < y.name ? -1 : 1
}

/** The oldest ReplicaSet with the Deployment's present template. Models: deployment_util.go FindNewReplicaSet */
export function newReplicaSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const text = templateText(deployment.spec.template as Loose)
  return sets.find((set) => templateText(templateOf(set)) === text)
}

/** The number of a ReplicaSet's revision; 0 without one. */
export function revisionOf(set: { readonly metadata: ReplicaSet['metadata'] }): number {
  const text = set.metadata.annotations?.[REVISION]
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : 0
}

/** One line of `kubectl rollout history`. */
export interface Revision {
  readonly revision: number
  readonly changeCause: string | undefined
  readonly replicaSet: ReplicaSet
  /** The pod template as it would be put back, without its hash. */
  readonly template: Loose
}

/** The revisions that one can go back to, lowest first. */
export function history(world: World, deployment: Deployment): readonly Revision[] {
  return replicaSetsOf(world, deployment)
    .map((replicaSet) => ({
      revision: revisionOf(replicaSet),
      changeCause: replicaSet.metadata.annotations?.[CHANGE_CAUSE],
      replicaSet,
      template: withoutHash(templateOf(replicaSet)),
    }))
    .filter(({ revision }) => revision > 0)
    .sort((a, b) => a.revision - b.revision)
}

/**
 * The revision that `kubectl rollout undo` goes back to: `to`, or with 0 the one before the last; undefined when there is none.
 * Models: kubectl pkg/polymorphichelpers/rollback.go deploymentRevision
 */
export function undoRevision(world: World, deployment: Deployment, to = 0): Revision | undefined {
  const revisions = history(world, deployment)
  return to > 0 ? revisions.find(({ revision }) => revision === to) : revisions[revisions.length - 2]
}

/** Annotations of the Deployment that go to its ReplicaSets. Models: deployment_util.go copyDeploymentAnnotationsToReplicaSet */
export function copiedAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const own = objectAt(deployment.metadata, 'annotations') ?? {}
  const copied: Record<string, string> = {}
  for (const [key, value] of Object.entries(own)) if (!NOT_COPIED.has(key)) copied[key] = String(value)
  return copied
}

/** A new history of revision numbers with `revision` at its end, at most 2000 characters long. */
export function extendHistory(before: string | undefined, revision: string): string {
  const parts = before === undefined || before === '' ? [] : before.split(',')
  while (parts.length > 0 && [...parts, revision].join(',').length > 2000) parts.shift()
  return [...parts, revision].join(',')
}

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
])
