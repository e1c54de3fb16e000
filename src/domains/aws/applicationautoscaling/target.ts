import type { Entity, World } from '../../../kernel/index.ts'
import { serviceNamed } from '../ecs/index.ts'
import type { ScalingActivity, ScalingPolicy, ScheduledAction, SuspendedState } from './types.generated.ts'

export const TARGET = 'aws.applicationautoscaling.ScalableTarget'
export const POLICY = 'aws.applicationautoscaling.ScalingPolicy'

/** Something whose capacity may be scaled, with what was done to it lately. Times are virtual ms. */
export interface ScalableTarget extends Entity {
  readonly region: string
  readonly ServiceNamespace: string
  readonly ResourceId: string
  readonly ScalableDimension: string
  readonly MinCapacity: number
  readonly MaxCapacity: number
  readonly RoleARN: string
  readonly ScalableTargetARN: string
  readonly SuspendedState: Required<SuspendedState>
  readonly made: number
  readonly tags: { readonly [key: string]: string }
  readonly scheduled: readonly Scheduled[]
  /** Newest first, at most fifty. */
  readonly activities: readonly ScalingActivity[]
  /** When it was last scaled out and in. */
  readonly outAt?: number | undefined
  readonly inAt?: number | undefined
}

/** A scheduled action, and when it is due next (ms since 1970). */
export interface Scheduled extends ScheduledAction {
  readonly due?: number | undefined
}

export interface Policy extends Entity {
  readonly region: string
  readonly target: string
  readonly config: Omit<ScalingPolicy, 'Alarms' | 'CreationTime'>
  readonly alarms: readonly string[]
  readonly made: number
}

export function targetId(
  region: string,
  { ResourceId, ScalableDimension }: { readonly ResourceId: string; readonly ScalableDimension: string },
): string {
  return `${TARGET}/${region}/${ResourceId}/${ScalableDimension}`
}

/** Cluster and service of `service/CLUSTER/SERVICE`. */
export function ecsNames(resource: string): { readonly cluster: string; readonly service: string } | undefined {
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(resource) ?? []
  return cluster !== undefined && service !== undefined ? { cluster, service } : undefined
}

/** The desired count of a target; undefined for what the lab cannot scale. */
export function capacityOf(world: World, target: Pick<ScalableTarget, 'region' | 'ResourceId'>): number | undefined {
  const names = ecsNames(target.ResourceId)
  return names && serviceNamed(world, target.region, names.cluster, names.service)?.desiredCount
}
