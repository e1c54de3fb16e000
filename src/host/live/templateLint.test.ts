import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { services } from '../../domains/aws/core/index.ts'
import { labDomains } from '../composition.ts'
import { Headless } from '../headless.ts'
import { liveFiles } from './liveFiles.ts'

/**
 * Properties of CloudFormation's resource types, as far as a template of ours names them: what cfn-lint would look up. Those of lists and
 * maps stand behind a dot. Models: CloudFormation resource specification
 */
const PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'CidrBlock EnableDnsHostnames EnableDnsSupport InstanceTenancy Tags Tags.Key Tags.Value',
  'AWS::EC2::Subnet':
    'AvailabilityZone AvailabilityZoneId CidrBlock MapPublicIpOnLaunch Tags VpcId AssignIpv6AddressOnCreation Tags.Key Tags.Value',
  'AWS::EC2::InternetGateway': 'Tags Tags.Key Tags.Value',
  'AWS::EC2::VPCGatewayAttachment': 'InternetGatewayId VpcId VpnGatewayId',
  'AWS::EC2::RouteTable': 'Tags VpcId Tags.Key Tags.Value',
  'AWS::EC2::Route':
    'DestinationCidrBlock DestinationIpv6CidrBlock GatewayId InstanceId NatGatewayId NetworkInterfaceId RouteTableId TransitGatewayId VpcPeeringConnectionId',
  'AWS::EC2::SubnetRouteTableAssociation': 'RouteTableId SubnetId',
  'AWS::EC2::SecurityGroup':
    'GroupDescription GroupName SecurityGroupEgress SecurityGroupIngress Tags VpcId SecurityGroupIngress.IpProtocol SecurityGroupIngress.FromPort SecurityGroupIngress.ToPort SecurityGroupIngress.CidrIp SecurityGroupIngress.Description SecurityGroupIngress.SourceSecurityGroupId SecurityGroupEgress.IpProtocol SecurityGroupEgress.FromPort SecurityGroupEgress.ToPort SecurityGroupEgress.CidrIp Tags.Key Tags.Value',
  'AWS::EC2::SecurityGroupIngress':
    'CidrIp CidrIpv6 Description FromPort GroupId GroupName IpProtocol SourcePrefixListId SourceSecurityGroupId ToPort',
  'AWS::EC2::EIP': 'Address Domain InstanceId NetworkBorderGroup PublicIpv4Pool Tags Tags.Key Tags.Value',
  'AWS::EC2::NatGateway': 'AllocationId ConnectivityType PrivateIpAddress SubnetId Tags Tags.Key Tags.Value',
  'AWS::EC2::LaunchTemplate':
    'LaunchTemplateData LaunchTemplateName TagSpecifications VersionDescription LaunchTemplateData.ImageId LaunchTemplateData.InstanceType LaunchTemplateData.UserData LaunchTemplateData.SecurityGroupIds LaunchTemplateData.IamInstanceProfile LaunchTemplateData.KeyName LaunchTemplateData.TagSpecifications LaunchTemplateData.MetadataOptions',
  'AWS::AutoScaling::AutoScalingGroup':
    'AutoScalingGroupName AvailabilityZones CapacityRebalance Cooldown DefaultInstanceWarmup DesiredCapacity HealthCheckGracePeriod HealthCheckType LaunchTemplate MaxInstanceLifetime MaxSize MinSize MixedInstancesPolicy NewInstancesProtectedFromScaleIn Tags TargetGroupARNs TerminationPolicies VPCZoneIdentifier LaunchTemplate.LaunchTemplateId LaunchTemplate.LaunchTemplateName LaunchTemplate.Version Tags.Key Tags.Value Tags.PropagateAtLaunch',
  'AWS::CloudWatch::Alarm':
    'ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Tags Threshold TreatMissingData Unit Dimensions.Name Dimensions.Value',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'IpAddressType LoadBalancerAttributes Name Scheme SecurityGroups Subnets SubnetMappings Tags Type LoadBalancerAttributes.Key LoadBalancerAttributes.Value Tags.Key Tags.Value',
  'AWS::ElasticLoadBalancingV2::TargetGroup':
    'HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol HealthCheckTimeoutSeconds HealthyThresholdCount IpAddressType Matcher Name Port Protocol ProtocolVersion Tags TargetGroupAttributes TargetType Targets UnhealthyThresholdCount VpcId Matcher.HttpCode TargetGroupAttributes.Key TargetGroupAttributes.Value Targets.Id Targets.Port Targets.AvailabilityZone',
  'AWS::ElasticLoadBalancingV2::Listener':
    'AlpnPolicy Certificates DefaultActions LoadBalancerArn Port Protocol SslPolicy DefaultActions.Type DefaultActions.TargetGroupArn DefaultActions.ForwardConfig DefaultActions.FixedResponseConfig DefaultActions.RedirectConfig DefaultActions.Order',
}

interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>
  readonly Conditions?: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>>; DependsOn?: unknown }
    >
  >
}

let text = ''
let template: Template

beforeAll(() => {
  const lab = new Headless({ scene: [] })
  const run = (line: string) => {
    const { exitCode, output } = lab.run(line)
    expect(exitCode, `${line}\n${output}`).toBe(0)
    return output.trim()
  }
  const made = (line: string, query: string) => run(`aws ${line} --query ${query} --output text`)
  const vpc = made('ec2 create-vpc --cidr-block 10.1.0.0/16', 'Vpc.VpcId')
  const subnets = ['a', 'b'].map((zone, i) =>
    made(
      `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.1.${i}.0/24 --availability-zone us-east-1${zone}`,
      'Subnet.SubnetId',
    ),
  )
  const gateway = made('ec2 create-internet-gateway', 'InternetGateway.InternetGatewayId')
  run(`aws ec2 attach-internet-gateway --internet-gateway-id ${gateway} --vpc-id ${vpc}`)
  const table = made(`ec2 create-route-table --vpc-id ${vpc}`, 'RouteTable.RouteTableId')
  run(`aws ec2 create-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway}`)
  for (const subnet of subnets) run(`aws ec2 associate-route-table --route-table-id ${table} --subnet-id ${subnet}`)
  const group = made(`ec2 create-security-group --group-name web --description web --vpc-id ${vpc}`, 'GroupId')
  run(`aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 80 --cidr 0.0.0.0/0`)
  const address = made('ec2 allocate-address --domain vpc', 'AllocationId')
  run(`aws ec2 create-nat-gateway --subnet-id ${subnets[0]} --allocation-id ${address}`)
  const image = made(
    'ssm get-parameter --name /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    'Parameter.Value',
  )
  run(
    `aws ec2 create-launch-template --launch-template-name web --launch-template-data '{"ImageId":"${image}","InstanceType":"t3.micro","SecurityGroupIds":["${group}"]}'`,
  )
  run(
    `aws autoscaling create-auto-scaling-group --auto-scaling-group-name web --launch-template LaunchTemplateName=web --min-size 1 --max-size 3 --desired-capacity 2 --vpc-zone-identifier ${subnets.join()}`,
  )
  run(
    'aws cloudwatch put-metric-alarm --alarm-name busy --namespace AWS/EC2 --metric-name CPUUtilization --statistic Average --period 60 --evaluation-periods 2 --threshold 80 --comparison-operator GreaterThanThreshold --dimensions Name=AutoScalingGroupName,Value=web',
  )
  run('sleep 120')
  text = liveFiles(labDomains, lab.lab.simulation.world).find(({ path }) => path === 'aws/template.yaml')?.text ?? ''
  template = parse(text, { customTags: shortForms }) as Template
})

/** `!Ref x` and the other short forms, as what they stand for. */
const shortForms = ['Ref', 'GetAtt', 'Sub', 'Select', 'Join', 'If', 'Equals', 'Not', 'GetAZs'].flatMap((name) => {
  const resolve = (value: unknown) => ({ [name === 'Ref' ? name : `Fn::${name}`]: value })
  return [
    { tag: `!${name}`, resolve },
    { tag: `!${name}`, collection: 'seq' as const, resolve: (items: { toJSON(): unknown }) => resolve(items.toJSON()) },
  ]
})

/** Names of properties down to the second level. */
function names(properties: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const items = (Array.isArray(value) ? value : [value]).filter(
      (one): one is Record<string, unknown> =>
        typeof one === 'object' && one !== null && !Object.keys(one).some((key) => key === 'Ref' || /^Fn::/.test(key)),
    )
    return [name, ...items.flatMap((item) => Object.keys(item).map((key) => `${name}.${key}`))]
  })
}

describe('a template of networks, a group of instances and an alarm', () => {
  it('has all of them', () => {
    const types = new Set(Object.values(template.Resources).map(({ Type }) => Type))
    for (const type of [
      'AWS::EC2::VPC',
      'AWS::EC2::Subnet',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::VPCGatewayAttachment',
      'AWS::EC2::RouteTable',
      'AWS::EC2::Route',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::EIP',
      'AWS::EC2::NatGateway',
      'AWS::EC2::LaunchTemplate',
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::CloudWatch::Alarm',
    ])
      expect([...types], text).toContain(type)
  })

  it('names no type that a stack here cannot make, and lacks no property that it must have', () => {
    const known = new Map(
      [...services.values()].flatMap(({ resources = [] }) => resources.map((one) => [one.type, one])),
    )
    for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
      const type = known.get(Type)
      expect(type, `${id} ${Type}`).toBeDefined()
      expect(Object.keys(Properties), id).toEqual(expect.arrayContaining([...(type?.required ?? [])]))
    }
  })

  it('names no property that CloudFormation does not know', () => {
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      const allowed = PROPERTIES[Type]?.split(' ')
      expect(allowed, `no properties are written down here for ${Type}`).toBeDefined()
      for (const name of names(Properties)) expect(allowed, `${id} ${Type}`).toContain(name)
    }
  })

  it('refers to nothing that is not in it', () => {
    const there = new Set([
      ...Object.keys(template.Resources),
      ...Object.keys(template.Parameters ?? {}),
      'AWS::Region',
      'AWS::AccountId',
      'AWS::Partition',
      'AWS::NoValue',
    ])
    const text = JSON.stringify(template.Resources)
    const named = [
      ...[...text.matchAll(/"Ref":"([^"]+)"/g)].map(([, name]) => name),
      ...[...text.matchAll(/"Fn::GetAtt":\["([^"]+)"/g)].map(([, name]) => name),
      ...[...text.matchAll(/"Fn::GetAtt":"([^".]+)/g)].map(([, name]) => name),
    ]
    expect(named.length).toBeGreaterThan(5)
    for (const name of named) expect([...there]).toContain(name)
  })

  it('leaves no id of this world in it', () => {
    expect(text).not.toMatch(/\b(vpc|subnet|igw|rtb|sg|eipalloc|nat|lt)-0[0-9a-f]{8,}/)
  })
})
