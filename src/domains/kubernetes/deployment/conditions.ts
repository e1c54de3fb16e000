import type { World } from '../../../kernel/index.ts'
import { nowText } from '../apiserver/naming.ts'
import { timeOf } from '../object/object.ts'
import type { ReplicaSet } from '../replicaset/replicaSet.ts'
import { availability, type deploymentAvailability } from './availability.rule.ts'
import { deploymentConditions } from './conditions.rule.ts'
import { type Condition, type Deployment, type DeploymentStatus, replicasOf, strategyInput } from './deployment.ts'

/** A condition with that reason; times are now's. */
export function condition(world: World, type: string, status: string, reason: string, message: string): Condition {
  const now = nowText(world)
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message }
}

/** The condition of a type. */
export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((one) => one.type === type)
}

/** Sets a condition, unless its status and reason are the same already. Models: deployment_util.go SetDeploymentCondition */
export function setCondition(conditions: readonly Condition[], next: Condition): readonly Condition[] {
  const before = conditionOf(conditions, next.type)
  if (before && before.status === next.status && before.reason === next.reason) return conditions
  const kept = before?.status === next.status ? { ...next, lastTransitionTime: before.lastTransitionTime } : next
  return [...removeCondition(conditions, next.type), kept]
}

export function removeCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.some((one) => one.type === type) ? conditions.filter((one) => one.type !== type) : conditions
}

/** Counts over the ReplicaSets, and whether enough pods are available. Models: pkg/controller/deployment/sync.go calculateStatus */
export function calculateStatus(
  world: World,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  updated: ReplicaSet | undefined,
): DeploymentStatus {
  const sum = (of: (set: ReplicaSet) => number) => sets.reduce((total, set) => total + of(set), 0)
  const available = sum((set) => set.status?.availableReplicas ?? 0)
  const ready = sum((set) => set.status?.readyReplicas ?? 0)
  const replicas = sum((set) => set.status?.replicas ?? 0)
  const unavailable = Math.max(0, sum((set) => set.spec.replicas ?? 1) - available)
  const updatedReplicas = updated?.status?.replicas ?? 0
  const { maxUnavailable } = world.decide(availability, {
    ...strategyInput(deployment),
    replicas: replicasOf(deployment),
  }) as ReturnType<typeof deploymentAvailability>
  const enough = available >= replicasOf(deployment) - maxUnavailable
  const conditions = setCondition(
    deployment.status?.conditions ?? [],
    enough
      ? condition(world, 'Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
      : condition(
          world,
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        ),
  )
  const { collisionCount } = deployment.status ?? {}
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 ? { replicas } : {}),
    ...(updatedReplicas > 0 ? { updatedReplicas } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
    terminatingReplicas: sum((set) => set.status?.terminatingReplicas ?? 0),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions,
  }
}

/** The same with the Progressing and ReplicaFailure conditions. Models: pkg/controller/deployment/progress.go syncRolloutStatus */
export function rolloutStatus(
  world: World,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  updated: ReplicaSet | undefined,
): { readonly status: DeploymentStatus; readonly progressing: boolean; readonly complete: boolean } {
  const status = calculateStatus(world, deployment, sets, updated)
  let conditions = status.conditions ?? []
  const current = conditionOf(conditions, 'Progressing')
  const seconds = deployment.spec.progressDeadlineSeconds
  const hasDeadline = seconds !== undefined && seconds !== 2147483647
  const verdict = world.decide(deploymentConditions, {
    specReplicas: replicasOf(deployment),
    generation: deployment.metadata.generation ?? 1,
    oldStatus: deployment.status ?? {},
    newStatus: status,
    progressDeadlineSeconds: seconds,
    progressingCondition: current && { reason: current.reason, lastUpdateTime: timeOf(current.lastUpdateTime) },
    now: world.now,
  }) as { readonly complete: boolean; readonly progressing: boolean; readonly timedOut: boolean }
  const subject = updated ? `ReplicaSet "${updated.metadata.name}"` : `Deployment "${deployment.metadata.name}"`
  const done = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable'
  if (!hasDeadline) conditions = removeCondition(conditions, 'Progressing')
  else if (!done) {
    const progress = (is: string, reason: string, text: string) =>
      condition(world, 'Progressing', is, reason, `${subject} ${text}`)
    if (verdict.complete)
      conditions = setCondition(conditions, progress('True', 'NewReplicaSetAvailable', 'has successfully progressed.'))
    else if (verdict.progressing) {
      const next = progress('True', 'ReplicaSetUpdated', 'is progressing.')
      const kept = current?.status === 'True' ? { ...next, lastTransitionTime: current.lastTransitionTime } : next
      conditions = [...removeCondition(conditions, 'Progressing'), kept]
    } else if (verdict.timedOut)
      conditions = setCondition(conditions, progress('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'))
  }
  const failure = failureOf(sets, updated)
  conditions = failure ? setCondition(conditions, failure) : removeCondition(conditions, 'ReplicaFailure')
  return {
    status: { ...status, conditions },
    progressing: verdict.progressing && !done && !verdict.complete,
    complete: verdict.complete,
  }
}

/** The failure of a ReplicaSet, that of the new one first. */
function failureOf(sets: readonly ReplicaSet[], updated: ReplicaSet | undefined): Condition | undefined {
  const found = (set: ReplicaSet | undefined) => set?.status?.conditions?.find((one) => one.type === 'ReplicaFailure')
  const failure = found(updated) ?? sets.map(found).find((one) => one !== undefined)
  if (!failure) return undefined
  const at = String(failure.lastTransitionTime)
  return {
    type: 'ReplicaFailure',
    status: 'True',
    lastUpdateTime: at,
    lastTransitionTime: at,
    reason: String(failure.reason),
    message: String(failure.message),
  }
}
