import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import type {
  InstanceRefresh,
  LaunchTemplateSpecification,
  LifecycleHook,
  ScalingPolicy,
  ScheduledUpdateGroupAction,
  TagDescription,
} from './types.generated.ts'

export const GROUP = 'aws.autoscaling.Group'
export const MEMBER = 'aws.autoscaling.Instance'
export const ACTIVITY = 'aws.autoscaling.Activity'
export const POLICY = 'aws.autoscaling.Policy'
export const REFRESH = 'aws.autoscaling.Refresh'
export const CONFIGURATION = 'aws.autoscaling.LaunchConfiguration'

/** A group: the API's fields, and what belongs to it. Times are virtual ms. */
export interface Group extends Entity {
  readonly region: string
  readonly AutoScalingGroupName: string
  readonly AutoScalingGroupARN: string
  readonly LaunchConfigurationName?: string | undefined
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined
  readonly MinSize: number
  readonly MaxSize: number
  readonly DesiredCapacity: number
  readonly DefaultCooldown: number
  readonly DefaultInstanceWarmup?: number | undefined
  readonly AvailabilityZones: readonly string[]
  /** Subnets, with commas between. */
  readonly VPCZoneIdentifier: string
  readonly TargetGroupARNs: readonly string[]
  readonly HealthCheckType: string
  readonly HealthCheckGracePeriod: number
  readonly TerminationPolicies: readonly string[]
  readonly NewInstancesProtectedFromScaleIn: boolean
  readonly suspended: readonly string[]
  readonly hooks: readonly LifecycleHook[]
  readonly scheduled: readonly ScheduledUpdateGroupAction[]
  readonly enabledMetrics: readonly string[]
  readonly Tags: readonly TagDescription[]
  readonly made: number
  /** What changed the desired capacity last, as activities tell it. */
  readonly cause?: string | undefined
  /** When a simple scaling policy acted last. */
  readonly scaledAt?: number | undefined
  readonly deleting?: boolean | undefined
}

/** An instance as a member of its group; ids are `aws.autoscaling.Instance/<region>/<instance id>`. */
export interface Member extends Entity {
  readonly region: string
  readonly group: string
  readonly InstanceId: string
  readonly InstanceType: string
  readonly AvailabilityZone: string
  readonly HealthStatus: 'Healthy' | 'Unhealthy'
  readonly ProtectedFromScaleIn: boolean
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined
  readonly LaunchConfigurationName?: string | undefined
  /** Target groups that it is registered with. */
  readonly registered: readonly string[]
  readonly activity?: string | undefined
  readonly inServiceAt?: number | undefined
  /** The hook that it waits for, and the token that ends the wait. */
  readonly hook?: string | undefined
  readonly token?: string | undefined
}

export interface Policy extends Entity {
  readonly region: string
  readonly group: string
  readonly config: ScalingPolicy
  /** Names of its alarms. */
  readonly alarms: readonly string[]
}

export interface Refresh extends Entity {
  readonly region: string
  readonly group: string
  readonly InstanceRefreshId: string
  readonly preferences: NonNullable<InstanceRefresh['Preferences']>
  /** Instances that are to be replaced. */
  readonly old: readonly string[]
  readonly startedAt: number
  readonly endedAt?: number | undefined
}

export function groupId(region: string, name: string): string {
  return `${GROUP}/${region}/${name}`
}

export function memberId(region: string, instance: string): string {
  return `${MEMBER}/${region}/${instance}`
}

/** The instances of a group, oldest first. */
export function membersOf(world: World, group: string): readonly Member[] {
  return world.ownedBy(group).filter(({ kind }) => kind === MEMBER) as unknown as readonly Member[]
}

/** Whether an instance counts towards the desired capacity. */
export function counts({ state }: Entity): boolean {
  return !state.startsWith('Terminating') && state !== 'Standby'
}

/** Seconds until a new instance's metrics count. */
export function warmup(group: Group): number {
  return group.DefaultInstanceWarmup ?? group.DefaultCooldown
}

/** Groups by the target groups that their instances are registered with. */
export const groupsByTargetGroup = defineIndex('autoscaling.groupsByTargetGroup', [GROUP], (entity) =>
  (entity as Group).TargetGroupARNs.length > 0 ? (entity as Group).TargetGroupARNs : undefined,
)
