import type { JsonObject } from '../../../kernel/index.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { RolloutStrategy } from './availability.rule.ts'

/** A Deployment as an entity. */
export interface Deployment extends ObjectEntity {
  readonly spec: DeploymentSpec
  readonly status?: DeploymentStatus
}

export type DeploymentSpec = JsonObject & {
  readonly replicas?: number
  readonly selector: JsonObject
  readonly template: JsonObject
  readonly paused?: boolean
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly progressDeadlineSeconds?: number
  readonly strategy?: JsonObject & {
    readonly type?: string
    readonly rollingUpdate?: JsonObject & { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent }
  }
}

export type DeploymentStatus = JsonObject & {
  readonly observedGeneration?: number
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly unavailableReplicas?: number
  readonly terminatingReplicas?: number
  readonly collisionCount?: number
  readonly conditions?: readonly Condition[]
}

/** A condition of a Deployment. */
export type Condition = JsonObject & {
  readonly type: string
  readonly status: string
  readonly lastUpdateTime: string
  readonly lastTransitionTime: string
  readonly reason: string
  readonly message: string
}

/** Annotations that the controller keeps. */
export const REVISION = 'deployment.kubernetes.io/revision'
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'
export const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** How many pods it wants. */
export function replicasOf(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1
}

/** Its update strategy as the rules take it. */
export function strategyInput(deployment: Deployment): RolloutStrategy {
  const { strategy } = deployment.spec
  return {
    strategy: strategy?.type ?? 'RollingUpdate',
    maxSurge: strategy?.rollingUpdate?.maxSurge ?? null,
    maxUnavailable: strategy?.rollingUpdate?.maxUnavailable ?? null,
  }
}

/** How long its rollout may stand still, in ms; undefined when it may for ever. */
export function deadlineOf(deployment: Deployment): number | undefined {
  const seconds = deployment.spec.progressDeadlineSeconds
  return seconds === undefined || seconds === 2147483647 ? undefined : seconds * 1000
}

/** How long the lifecycle lets a rollout stand still, in ms: strictly longer than the deadline. */
export function progressDeadline(deployment: Deployment): number {
  const deadline = deadlineOf(deployment)
  return deadline === undefined ? Number.POSITIVE_INFINITY : deadline + 1
}
