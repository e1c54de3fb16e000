import { EPOCH, type World } from '../../../kernel/index.ts'
import { portOf } from './reaching.ts'
import {
  balancersOf,
  type HealthReason,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  type Target,
  type TargetGroup,
} from './records.ts'
import type { Action } from './types.generated.ts'

/** A load balancer as the API describes it. */
export function balancerOutput(
  balancer: Omit<LoadBalancer, 'kind' | 'entry' | 'since' | 'born' | 'id'>,
  world?: World,
): object {
  const dark = world
    ? balancer.nodes.some(({ ZoneName }) => world.get(`place.Zone/${ZoneName}`)?.state === 'Dark')
    : false
  const Code = balancer.state === 'active' && dark ? 'active_impaired' : balancer.state
  return {
    LoadBalancerArn: balancer.arn,
    ...(balancer.Type === 'gateway'
      ? {}
      : { DNSName: balancer.DNSName, CanonicalHostedZoneId: balancer.CanonicalHostedZoneId }),
    CreatedTime: EPOCH + balancer.made,
    LoadBalancerName: balancer.LoadBalancerName,
    ...(balancer.Type === 'gateway' ? {} : { Scheme: balancer.Scheme }),
    VpcId: balancer.VpcId,
    State: { Code },
    Type: balancer.Type,
    AvailabilityZones: balancer.nodes.map(zoneOutput),
    ...(balancer.Type === 'application' || balancer.SecurityGroups.length > 0
      ? { SecurityGroups: balancer.SecurityGroups }
      : {}),
    IpAddressType: balancer.IpAddressType,
  }
}

/** A node of a load balancer as the API describes it. */
export function zoneOutput({ ZoneName, SubnetId, allocation, ip }: LoadBalancer['nodes'][number]): object {
  return {
    ZoneName,
    SubnetId,
    LoadBalancerAddresses: allocation === undefined ? [] : [{ IpAddress: ip, AllocationId: allocation }],
  }
}

/** An action with what the API adds to it: a forward says its groups in both ways. */
export function actionOutput(action: Action): object {
  if (action.Type === 'redirect')
    return {
      ...action,
      RedirectConfig: {
        Protocol: '#{protocol}',
        Port: '#{port}',
        Host: '#{host}',
        Path: '/#{path}',
        Query: '#{query}',
        ...action.RedirectConfig,
      },
    }
  if (action.Type !== 'forward') return action
  const groups =
    action.ForwardConfig?.TargetGroups ??
    (action.TargetGroupArn === undefined ? [] : [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }])
  return {
    Type: 'forward',
    ...(groups.length === 1 ? { TargetGroupArn: groups[0]?.TargetGroupArn } : {}),
    ...(action.Order === undefined ? {} : { Order: action.Order }),
    ForwardConfig: {
      TargetGroups: groups.map((one) => ({ TargetGroupArn: one.TargetGroupArn, Weight: one.Weight ?? 1 })),
      TargetGroupStickinessConfig: action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
    },
  }
}

export function listenerOutput(listener: Omit<Listener, 'kind' | 'state' | 'entry' | 'since' | 'born' | 'id'>): object {
  const { arn, LoadBalancerArn, Port, Protocol, Certificates, SslPolicy, DefaultActions, AlpnPolicy } = listener
  return {
    ListenerArn: arn,
    LoadBalancerArn,
    Port,
    Protocol,
    ...(Certificates.length > 0
      ? {
          Certificates: Certificates.filter(({ IsDefault }) => IsDefault).map(({ CertificateArn }) => ({
            CertificateArn,
          })),
        }
      : {}),
    ...(SslPolicy === undefined ? {} : { SslPolicy }),
    DefaultActions: DefaultActions.map(actionOutput),
    ...(AlpnPolicy === undefined ? {} : { AlpnPolicy }),
  }
}

export function ruleOutput({
  arn,
  Priority,
  Conditions,
  Actions,
}: Pick<ListenerRule, 'arn' | 'Priority' | 'Conditions' | 'Actions'>): object {
  return {
    RuleArn: arn,
    Priority: String(Priority),
    Conditions: Conditions.map((one) => {
      const values =
        one.HostHeaderConfig?.Values ??
        one.PathPatternConfig?.Values ??
        one.HttpRequestMethodConfig?.Values ??
        one.SourceIpConfig?.Values ??
        one.Values
      return { ...one, ...(one.Field === 'path-pattern' || one.Field === 'host-header' ? { Values: values } : {}) }
    }),
    Actions: Actions.map(actionOutput),
    IsDefault: false,
  }
}

/** The default rule of a listener, which is no record of its own. */
export function defaultRuleOutput({ arn, DefaultActions }: Listener): object {
  const RuleArn = `${arn.replace(':listener/', ':listener-rule/')}/${arn.slice(-16)}`
  return { RuleArn, Priority: 'default', Conditions: [], Actions: DefaultActions.map(actionOutput), IsDefault: true }
}

export function groupOutput(
  group: Omit<TargetGroup, 'kind' | 'state' | 'entry' | 'since' | 'born' | 'id'>,
  world: World,
): object {
  const lambda = group.TargetType === 'lambda'
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.TargetGroupName,
    ...(lambda ? {} : { Protocol: group.Protocol, Port: group.Port, VpcId: group.VpcId }),
    ...(group.HealthCheckEnabled || !lambda
      ? { HealthCheckProtocol: group.HealthCheckProtocol, HealthCheckPort: group.HealthCheckPort }
      : {}),
    HealthCheckEnabled: group.HealthCheckEnabled,
    HealthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
    HealthCheckTimeoutSeconds: group.HealthCheckTimeoutSeconds,
    HealthyThresholdCount: group.HealthyThresholdCount,
    UnhealthyThresholdCount: group.UnhealthyThresholdCount,
    ...(group.HealthCheckPath === undefined ? {} : { HealthCheckPath: group.HealthCheckPath }),
    ...(group.Matcher ? { Matcher: group.Matcher } : {}),
    LoadBalancerArns: balancersOf(world, group.arn).map(({ arn }) => arn),
    TargetType: group.TargetType,
    ...(group.ProtocolVersion === undefined ? {} : { ProtocolVersion: group.ProtocolVersion }),
    IpAddressType: group.IpAddressType,
  }
}

const DRAINING = { Reason: 'Target.DeregistrationInProgress', Description: 'Target deregistration is in progress' }
const REGISTERING = { Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' }
const FIRST = { Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' }
const DISABLED = {
  Reason: 'Target.HealthCheckDisabled',
  Description: 'Health checks are disabled for this target group',
}
/** How long a target is being registered before its checks begin, in ms. */
const REGISTRATION = 2000

/** The health of a target in the words of the API. */
export function healthOf(
  target: Target,
  group: TargetGroup,
  now: number,
): { readonly State: string; readonly Reason?: string; readonly Description?: string } {
  const { state } = target
  const told = (reason: HealthReason | undefined) => ({ State: state, ...reason })
  if (state === 'healthy') return { State: 'healthy' }
  if (state === 'draining') return told(DRAINING)
  if (state === 'initial') {
    if (!group.HealthCheckEnabled) return { State: 'unavailable', ...DISABLED }
    return told(now - target.since < REGISTRATION ? REGISTERING : FIRST)
  }
  return told(target.reason ?? (state === 'unused' ? REGISTERING : undefined))
}

export function healthOutput(target: Target, group: TargetGroup, now: number): object {
  const port = portOf(target, group)
  const lambda = group.TargetType === 'lambda'
  return {
    Target: {
      Id: target.Id,
      ...(lambda ? {} : { Port: port }),
      ...(target.AvailabilityZone !== undefined && group.TargetType === 'ip'
        ? { AvailabilityZone: target.AvailabilityZone }
        : {}),
    },
    ...(lambda
      ? {}
      : { HealthCheckPort: group.HealthCheckPort === 'traffic-port' ? String(port) : group.HealthCheckPort }),
    TargetHealth: healthOf(target, group, now),
  }
}
