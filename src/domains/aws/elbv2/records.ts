import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import type { Action, RuleCondition, Tag } from './types.generated.ts'

export const LOAD_BALANCER = 'aws.elbv2.LoadBalancer'
export const LISTENER = 'aws.elbv2.Listener'
export const RULE = 'aws.elbv2.Rule'
export const TARGET_GROUP = 'aws.elbv2.TargetGroup'
export const TARGET = 'aws.elbv2.Target'

export interface LoadBalancer extends Entity {
  readonly region: string
  readonly arn: string
  readonly LoadBalancerName: string
  readonly DNSName: string
  readonly CanonicalHostedZoneId: string
  readonly Scheme: 'internet-facing' | 'internal'
  readonly Type: 'application' | 'network' | 'gateway'
  readonly VpcId: string
  readonly IpAddressType: string
  readonly SecurityGroups: readonly string[]
  /** One node a zone. */
  readonly nodes: readonly LoadBalancerNode[]
  /** ms since the world began. */
  readonly made: number
  readonly attributes: { readonly [key: string]: string }
  readonly Tags: readonly Tag[]
}

export interface LoadBalancerNode {
  readonly ZoneName: string
  readonly SubnetId: string
  /** Address under which clients reach it: a public one unless the load balancer is internal. */
  readonly ip: string
  /** Address from which it reaches targets. */
  readonly privateIp: string
  readonly allocation?: string | undefined
}

export interface Listener extends Entity {
  readonly region: string
  readonly arn: string
  /** ARN and entity id of the load balancer. */
  readonly LoadBalancerArn: string
  readonly balancer: string
  readonly Port: number
  readonly Protocol: string
  readonly DefaultActions: readonly Action[]
  readonly Certificates: readonly {
    readonly CertificateArn?: string | undefined
    readonly IsDefault?: boolean | undefined
  }[]
  readonly SslPolicy?: string | undefined
  readonly AlpnPolicy?: readonly string[] | undefined
  readonly attributes: { readonly [key: string]: string }
  readonly Tags: readonly Tag[]
}

/** A rule of a listener, beside its default one. */
export interface ListenerRule extends Entity {
  readonly region: string
  readonly arn: string
  readonly listener: string
  readonly Priority: number
  readonly Conditions: readonly RuleCondition[]
  readonly Actions: readonly Action[]
  readonly Tags: readonly Tag[]
}

export interface TargetGroup extends Entity {
  readonly region: string
  readonly arn: string
  readonly TargetGroupName: string
  readonly Protocol?: string | undefined
  readonly ProtocolVersion?: string | undefined
  readonly Port?: number | undefined
  readonly VpcId?: string | undefined
  readonly TargetType: 'instance' | 'ip' | 'lambda' | 'alb'
  readonly HealthCheckProtocol: string
  readonly HealthCheckPort: string
  readonly HealthCheckEnabled: boolean
  readonly HealthCheckPath?: string | undefined
  readonly HealthCheckIntervalSeconds: number
  readonly HealthCheckTimeoutSeconds: number
  readonly HealthyThresholdCount: number
  readonly UnhealthyThresholdCount: number
  readonly Matcher?: { readonly HttpCode?: string | undefined; readonly GrpcCode?: string | undefined } | undefined
  readonly IpAddressType: string
  readonly attributes: { readonly [key: string]: string }
  readonly Tags: readonly Tag[]
}

/** Why a target is in its state, as DescribeTargetHealth says it. */
export interface HealthReason {
  readonly Reason: string
  readonly Description: string
}

export interface Target extends Entity {
  readonly region: string
  /** Entity id of its group; the owner too. */
  readonly group: string
  /** `i-...`, an address, or an ARN. */
  readonly Id: string
  readonly Port?: number | undefined
  readonly AvailabilityZone?: string | undefined
  /** Private address that it is reached at. */
  readonly address?: string | undefined
  readonly reason?: HealthReason | undefined
  /** When its checks began, in ms: they are made at whole intervals from then on. */
  readonly checksFrom?: number | undefined
  /** What the last checks say against its state, and since when. */
  readonly turning?: { readonly outcome: 'pass' | 'fail'; readonly since: number } | undefined
}

/** Everything with an ARN, by it. */
export const byArn = defineIndex(
  'elbv2.byArn',
  [LOAD_BALANCER, LISTENER, RULE, TARGET_GROUP],
  (entity) => (entity as LoadBalancer).arn,
)

/** Listeners by the entity id of their load balancer, rules by that of their listener. */
export const below = defineIndex('elbv2.below', [LISTENER, RULE], (entity) =>
  entity.kind === LISTENER ? (entity as Listener).balancer : (entity as ListenerRule).listener,
)

/** Listeners and rules by the ARNs of the target groups that they send requests to. */
export const sendersTo = defineIndex('elbv2.sendersTo', [LISTENER, RULE], (entity) => {
  const actions = entity.kind === LISTENER ? (entity as Listener).DefaultActions : (entity as ListenerRule).Actions
  return [...new Set(actions.flatMap((action) => weightsOf(action).map(({ arn }) => arn)))]
})

/** Load balancers by name and by the addresses of their nodes. */
export const balancersByPlace = defineIndex('elbv2.balancersByPlace', [LOAD_BALANCER], (entity) => {
  const { DNSName, nodes } = entity as LoadBalancer
  return [DNSName.toLowerCase(), ...nodes.map(({ ip }) => ip)]
})

/** Targets by the private address that they are reached at. */
export const targetsByAddress = defineIndex('elbv2.targetsByAddress', [TARGET], (entity) => (entity as Target).address)

/** The thing of an ARN, if it is of a kind. */
export function ofArn<E extends Entity>(world: World, kind: string, arn: string | undefined): E | undefined {
  if (arn === undefined) return undefined
  const [found] = world.lookup(byArn, arn)
  return found?.kind === kind ? (found as E) : undefined
}

/** The targets of a group. */
export function targetsOf(world: World, group: string): readonly Target[] {
  return world.ownedBy(group) as readonly Target[]
}

/** Target groups that an action forwards to, with their weights. */
export function weightsOf(action: Action): readonly { readonly arn: string; readonly weight: number }[] {
  if (action.Type !== 'forward') return []
  const groups = action.ForwardConfig?.TargetGroups
  if (groups && groups.length > 0)
    return groups.flatMap(({ TargetGroupArn, Weight }) =>
      TargetGroupArn === undefined ? [] : [{ arn: TargetGroupArn, weight: Weight ?? 1 }],
    )
  return action.TargetGroupArn === undefined ? [] : [{ arn: action.TargetGroupArn, weight: 1 }]
}

/** Load balancers whose listeners send requests to a group. */
export function balancersOf(world: World, groupArn: string): readonly LoadBalancer[] {
  const found = new Map<string, LoadBalancer>()
  for (const sender of world.lookup(sendersTo, groupArn)) {
    const listener = (sender.kind === LISTENER ? sender : world.get((sender as ListenerRule).listener)) as
      | Listener
      | undefined
    const balancer = listener && (world.get(listener.balancer) as LoadBalancer | undefined)
    if (balancer) found.set(balancer.id, balancer)
  }
  return [...found.values()]
}

/** An attribute of a target group as a number. */
export function groupNumber(group: TargetGroup, key: string, otherwise: number): number {
  const value = Number(group.attributes[key])
  return Number.isFinite(value) && group.attributes[key] !== undefined ? value : otherwise
}

/** How long a deregistered target drains, in ms. */
export function deregistrationDelay(group: TargetGroup | undefined): number {
  return group ? groupNumber(group, 'deregistration_delay.timeout_seconds', 300) * 1000 : 0
}
