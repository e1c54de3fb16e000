import type { Entity, World } from '../../../kernel/index.ts'
import { type ExportedResource, lean, type ServiceExporter, templateTags } from '../core/index.ts'
import {
  byArn,
  LISTENER,
  type Listener,
  type ListenerRule,
  LOAD_BALANCER,
  type LoadBalancer,
  RULE,
  TARGET_GROUP,
  type TargetGroup,
} from './records.ts'

/** Attributes that differ from what a fresh one has, by type. */
const BALANCER: { readonly [key: string]: string } = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'deletion_protection.enabled': 'false',
  'routing.http2.enabled': 'true',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'routing.http.desync_mitigation_mode': 'defensive',
  'client_keep_alive.seconds': '3600',
  'waf.fail_open.enabled': 'false',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
  'zonal_shift.config.enabled': 'false',
  'connection_logs.s3.enabled': 'false',
  'connection_logs.s3.bucket': '',
  'connection_logs.s3.prefix': '',
}
const GROUP: { readonly [key: string]: string } = {
  'stickiness.enabled': 'false',
  'deregistration_delay.timeout_seconds': '300',
  'slow_start.duration_seconds': '0',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
}

/** Load balancers with their listeners and rules, and target groups. Who registers with them says so itself. */
export const exported: ServiceExporter = (region, world) => {
  const balancers = inRegion<LoadBalancer>(world, LOAD_BALANCER, region)
  return {
    resources: [
      ...balancers.map(balancerOf),
      ...inRegion<TargetGroup>(world, TARGET_GROUP, region).map(groupOf),
      ...inRegion<Listener>(world, LISTENER, region).map((listener) => listenerOf(listener, world)),
      ...inRegion<ListenerRule>(world, RULE, region).map((rule) => ruleOf(rule, world)),
    ],
    elsewhere: balancers.map(({ DNSName, LoadBalancerName }) => ({
      text: DNSName,
      expression: `$(aws elbv2 describe-load-balancers --region ${region} --names ${LoadBalancerName} --query 'LoadBalancers[0].DNSName' --output text)`,
    })),
  }
}

function balancerOf(balancer: LoadBalancer): ExportedResource {
  const { arn, LoadBalancerName, Scheme, Type, SecurityGroups, nodes, attributes, IpAddressType, Tags } = balancer
  const crossZone = Type === 'application' ? 'true' : 'false'
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    name: LoadBalancerName,
    physicalId: arn,
    properties: lean({
      Name: LoadBalancerName,
      Type: Type === 'application' ? undefined : Type,
      Scheme: Scheme === 'internet-facing' ? undefined : Scheme,
      IpAddressType: IpAddressType === 'ipv4' ? undefined : IpAddressType,
      Subnets: nodes.map(({ SubnetId }) => SubnetId),
      SecurityGroups,
      LoadBalancerAttributes: changed(attributes, { ...BALANCER, 'load_balancing.cross_zone.enabled': crossZone }),
      Tags: templateTags(Tags),
    }),
  }
}

function groupOf(group: TargetGroup): ExportedResource {
  return {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    name: group.TargetGroupName,
    physicalId: group.arn,
    properties: lean({
      Name: group.TargetGroupName,
      TargetType: group.TargetType,
      Protocol: group.Protocol,
      ProtocolVersion: group.ProtocolVersion === 'HTTP1' ? undefined : group.ProtocolVersion,
      Port: group.Port,
      VpcId: group.VpcId,
      HealthCheckProtocol: group.HealthCheckProtocol,
      HealthCheckPort: group.HealthCheckPort === 'traffic-port' ? undefined : group.HealthCheckPort,
      HealthCheckPath: group.HealthCheckPath,
      HealthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
      HealthCheckTimeoutSeconds: group.HealthCheckTimeoutSeconds,
      HealthyThresholdCount: group.HealthyThresholdCount,
      UnhealthyThresholdCount: group.UnhealthyThresholdCount,
      Matcher: group.Matcher,
      TargetGroupAttributes: changed(group.attributes, {
        ...GROUP,
        'stickiness.type': group.attributes['stickiness.type'] ?? '',
      }),
      Tags: templateTags(group.Tags),
    }),
  }
}

function listenerOf(listener: Listener, world: World): ExportedResource {
  const balancer = world.get(listener.balancer) as LoadBalancer | undefined
  const certificates = listener.Certificates.filter(({ CertificateArn }) => CertificateArn !== undefined)
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    name: `${balancer?.LoadBalancerName ?? ''}-${listener.Port}`,
    physicalId: listener.arn,
    properties: lean({
      LoadBalancerArn: listener.LoadBalancerArn,
      Port: listener.Port,
      Protocol: listener.Protocol,
      DefaultActions: listener.DefaultActions,
      Certificates: certificates.map(({ CertificateArn }) => ({ CertificateArn })),
      SslPolicy: certificates.length > 0 ? listener.SslPolicy : undefined,
    }),
  }
}

function ruleOf(rule: ListenerRule, world: World): ExportedResource {
  const [listener] = world.lookup(byArn, rule.listener) as readonly Listener[]
  const owner = listener ?? (world.get(rule.listener) as Listener | undefined)
  const balancer = world.get(owner?.balancer ?? '') as LoadBalancer | undefined
  return {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    name: `${balancer?.LoadBalancerName ?? ''}-${owner?.Port ?? ''}-${rule.Priority}`,
    physicalId: rule.arn,
    properties: lean({
      ListenerArn: owner?.arn,
      Priority: rule.Priority,
      Conditions: rule.Conditions,
      Actions: rule.Actions,
    }),
  }
}

function changed(
  attributes: { readonly [key: string]: string },
  fresh: { readonly [key: string]: string },
): readonly object[] {
  return Object.entries(attributes)
    .filter(([key, value]) => fresh[key] !== value && key in fresh)
    .map(([Key, Value]) => ({ Key, Value }))
}

function inRegion<T>(world: World, kind: string, region: string): readonly (T & Entity)[] {
  return ([...world.all(kind)] as (T & Entity)[])
    .filter(({ id }) => id.startsWith(`${kind}/${region}/`))
    .sort((a, b) => a.born - b.born)
}
