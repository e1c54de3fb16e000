import { defineRule } from '../../../kernel/rule.ts'

/**
 * Whether a rollout is complete, has moved since last time, or has taken too long.
 * Models: pkg/controller/deployment/util/deployment_util.go DeploymentComplete, DeploymentProgressing, DeploymentTimedOut
 */
export const deploymentConditions = defineRule({
  id: 'k8s.deployment.conditions',
  says: 'A rollout is complete when every replica is updated, available and the only one; it progresses while a count improves, and times out when none has for longer than its deadline.',
  source: 'pkg/controller/deployment/util/deployment_util.go',
  decide: (input: ConditionsInput) => ({
    complete: deploymentComplete(input.specReplicas, input.generation, input.newStatus),
    progressing: deploymentProgressing(input.oldStatus, input.newStatus),
    timedOut: deploymentTimedOut(input.progressDeadlineSeconds, input.progressingCondition, input.now),
  }),
  vector: (input: ConditionsCase) => {
    if (input.fn === 'DeploymentComplete')
      return { complete: deploymentComplete(input.specReplicas, input.generation, input.status) }
    if (input.fn === 'DeploymentProgressing')
      return { progressing: deploymentProgressing(input.oldStatus, input.newStatus) }
    const condition = input.progressingCondition
    return {
      timedOut: deploymentTimedOut(
        input.progressDeadlineSeconds,
        condition && { reason: condition.reason, lastUpdateTime: Date.parse(condition.lastUpdateTime) },
        Date.parse(input.now),
      ),
    }
  },
})

/** The counts of a Deployment's status; absent ones are 0. */
export interface RolloutStatus {
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly observedGeneration?: number
}

/** The Progressing condition as far as the deadline needs it; `lastUpdateTime` in ms. */
export interface ProgressingCondition {
  readonly reason?: string | undefined
  readonly lastUpdateTime: number
}

interface ConditionsInput {
  readonly specReplicas: number
  readonly generation: number
  readonly oldStatus: RolloutStatus
  readonly newStatus: RolloutStatus
  readonly progressDeadlineSeconds: number | null | undefined
  readonly progressingCondition: ProgressingCondition | null | undefined
  readonly now: number
}

/** Every replica updated and available, no old one left, and this generation seen. */
export function deploymentComplete(specReplicas: number, generation: number, status: RolloutStatus): boolean {
  return (
    (status.updatedReplicas ?? 0) === specReplicas &&
    (status.replicas ?? 0) === specReplicas &&
    (status.availableReplicas ?? 0) === specReplicas &&
    (status.observedGeneration ?? 0) >= generation
  )
}

/** More updated, fewer old, more ready or more available pods than before. */
export function deploymentProgressing(before: RolloutStatus, after: RolloutStatus): boolean {
  const updated = after.updatedReplicas ?? 0
  const updatedBefore = before.updatedReplicas ?? 0
  return (
    updated > updatedBefore ||
    (after.replicas ?? 0) - updated < (before.replicas ?? 0) - updatedBefore ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  )
}

/** Strictly longer than the deadline without progress. A finished rollout never times out; one that did stays so until it moves. */
export function deploymentTimedOut(
  deadlineSeconds: number | null | undefined,
  condition: ProgressingCondition | null | undefined,
  now: number,
): boolean {
  if (deadlineSeconds === null || deadlineSeconds === undefined || deadlineSeconds === 2147483647) return false
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false
  if (condition.reason === 'ProgressDeadlineExceeded') return true
  return condition.lastUpdateTime + deadlineSeconds * 1000 < now
}

type ConditionsCase =
  | { fn: 'DeploymentComplete'; specReplicas: number; generation: number; status: RolloutStatus }
  | { fn: 'DeploymentProgressing'; oldStatus: RolloutStatus; newStatus: RolloutStatus }
  | {
      fn: 'DeploymentTimedOut'
      progressDeadlineSeconds: number | null
      progressingCondition: { reason?: string; lastUpdateTime: string } | null
      now: string
    }
