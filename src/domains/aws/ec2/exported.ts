import type { Entity, JsonObject, World } from '../../../kernel/index.ts'
import {
  type ExportedParameter,
  type ExportedResource,
  lean,
  refer,
  type ServiceExporter,
  templateTags,
} from '../core/index.ts'
import { ecsSettings, INSTANCE, type Instance } from './instance.ts'
import type { LaunchTemplate } from './launchTemplate.ts'
import { machineImages } from './machineImages.ts'
import {
  defaultNetwork,
  type InternetGateway,
  type IpPermission,
  networkRecords,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
} from './network.ts'
import type { Tag } from './tag.ts'

/** Networks, gateways, launch templates and instances that were made. What every account has by itself becomes parameters. */
export const exported: ServiceExporter = (region, world) => {
  const vpcs = networkRecords<Vpc>(world, 'aws.ec2.Vpc', region).filter(({ IsDefault }) => !IsDefault)
  const own = new Set(vpcs.map(({ VpcId }) => VpcId))
  return {
    parameters: parametersOf(region),
    resources: [
      ...vpcs.map((vpc) => vpcOf(vpc)),
      ...networkRecords<Subnet>(world, 'aws.ec2.Subnet', region)
        .filter(({ DefaultForAz }) => !DefaultForAz)
        .map(subnetOf),
      ...gatewaysOf(world, region),
      ...tablesOf(world, region, own),
      ...networkRecords<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region).flatMap((group) => groupOf(group)),
      ...templatesOf(world, region),
      ...instancesOf(world, region),
    ],
  }
}

/** `Name` tag, else the id. */
function nameOf(id: string, tags: readonly Tag[] = []): string {
  return tags.find(({ Key }) => Key === 'Name')?.Value ?? id
}

function parametersOf(region: string): readonly ExportedParameter[] {
  const { vpc, subnets, group } = defaultNetwork(region)
  const described = (what: string, filters: string, query: string) =>
    `$(aws ec2 describe-${what} --region ${region} --filters ${filters} --query '${query}' --output text)`
  return [
    {
      name: 'DefaultVpc',
      type: 'AWS::EC2::VPC::Id',
      value: vpc.VpcId,
      expression: described('vpcs', 'Name=is-default,Values=true', 'Vpcs[0].VpcId'),
    },
    ...subnets.map(({ SubnetId, AvailabilityZone }) => ({
      name: `DefaultSubnet${AvailabilityZone.slice(-1).toUpperCase()}`,
      type: 'AWS::EC2::Subnet::Id',
      value: SubnetId,
      expression: described(
        'subnets',
        `Name=default-for-az,Values=true Name=availability-zone,Values=${AvailabilityZone}`,
        'Subnets[0].SubnetId',
      ),
    })),
    {
      name: 'DefaultSecurityGroup',
      type: 'AWS::EC2::SecurityGroup::Id',
      value: group.GroupId,
      expression: described(
        'security-groups',
        `Name=group-name,Values=default Name=vpc-id,Values=${described('vpcs', 'Name=is-default,Values=true', 'Vpcs[0].VpcId')}`,
        'SecurityGroups[0].GroupId',
      ),
    },
  ]
}

function vpcOf({ VpcId, CidrBlock, InstanceTenancy, Tags }: Vpc): ExportedResource {
  return {
    type: 'AWS::EC2::VPC',
    name: nameOf('Main', Tags),
    physicalId: VpcId,
    properties: lean({
      CidrBlock,
      InstanceTenancy: InstanceTenancy === 'default' ? undefined : InstanceTenancy,
      Tags: templateTags(Tags),
    }),
  }
}

function subnetOf({ SubnetId, VpcId, CidrBlock, AvailabilityZone, Tags }: Subnet): ExportedResource {
  return {
    type: 'AWS::EC2::Subnet',
    name: nameOf(AvailabilityZone, Tags),
    physicalId: SubnetId,
    properties: lean({ VpcId, CidrBlock, AvailabilityZone, Tags: templateTags(Tags) }),
  }
}

function gatewaysOf(world: World, region: string): readonly ExportedResource[] {
  const { gateway } = defaultNetwork(region)
  const internet = networkRecords<InternetGateway>(world, 'aws.ec2.InternetGateway', region)
    .filter(({ InternetGatewayId }) => InternetGatewayId !== gateway.InternetGatewayId)
    .flatMap(({ InternetGatewayId, Attachments, Tags }): ExportedResource[] => [
      {
        type: 'AWS::EC2::InternetGateway',
        name: nameOf('Main', Tags),
        physicalId: InternetGatewayId,
        properties: lean({ Tags: templateTags(Tags) }),
      },
      ...Attachments.map(
        ({ VpcId }): ExportedResource => ({
          type: 'AWS::EC2::VPCGatewayAttachment',
          name: nameOf('Main', Tags),
          physicalId: `IGW|${VpcId}|${InternetGatewayId}`,
          properties: { VpcId, InternetGatewayId },
        }),
      ),
    ])
  const addresses = inRegion<{ readonly AllocationId: string; readonly Tags?: Instance['Tags'] }>(
    world,
    'aws.ec2.Address',
    region,
  ).map(
    ({ AllocationId, Tags }): ExportedResource => ({
      type: 'AWS::EC2::EIP',
      name: nameOf('Address', Tags),
      physicalId: AllocationId,
      properties: lean({ Domain: 'vpc', Tags: templateTags(Tags) }),
    }),
  )
  const nats = inRegion<{
    readonly NatGatewayId: string
    readonly SubnetId: string
    readonly AllocationId?: string
    readonly NatGatewayAddresses?: readonly { readonly AllocationId?: string }[]
    readonly Tags?: Instance['Tags']
  }>(world, 'aws.ec2.NatGateway', region).map(
    ({ NatGatewayId, SubnetId, AllocationId, NatGatewayAddresses, Tags }): ExportedResource => ({
      type: 'AWS::EC2::NatGateway',
      name: nameOf('Main', Tags),
      physicalId: NatGatewayId,
      properties: lean({
        SubnetId,
        AllocationId: AllocationId ?? NatGatewayAddresses?.[0]?.AllocationId,
        Tags: templateTags(Tags),
      }),
    }),
  )
  return [...internet, ...addresses, ...nats]
}

function tablesOf(world: World, region: string, own: ReadonlySet<string>): readonly ExportedResource[] {
  return networkRecords<RouteTable>(world, 'aws.ec2.RouteTable', region)
    .filter(({ VpcId, Associations }) => own.has(VpcId) && !Associations.some(({ Main }) => Main))
    .flatMap(({ RouteTableId, VpcId, Routes, Associations, Tags }): ExportedResource[] => {
      const name = nameOf('Main', Tags)
      return [
        {
          type: 'AWS::EC2::RouteTable',
          name,
          physicalId: RouteTableId,
          properties: lean({ VpcId, Tags: templateTags(Tags) }),
        },
        ...Routes.filter(({ GatewayId }) => GatewayId !== 'local').map(
          ({ DestinationCidrBlock, GatewayId, NatGatewayId }): ExportedResource => ({
            type: 'AWS::EC2::Route',
            name,
            physicalId: `${RouteTableId}|${DestinationCidrBlock}`,
            properties: lean({ RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId }),
            after:
              GatewayId === undefined ? [] : [['AWS::EC2::VPCGatewayAttachment', `IGW|${VpcId}|${GatewayId}`] as const],
          }),
        ),
        ...Associations.filter(({ SubnetId }) => SubnetId !== undefined).map(
          ({ RouteTableAssociationId, SubnetId }): ExportedResource => ({
            type: 'AWS::EC2::SubnetRouteTableAssociation',
            name,
            physicalId: RouteTableAssociationId,
            properties: lean({ RouteTableId, SubnetId }),
          }),
        ),
      ]
    })
}

/** A group with its rules; of a default one only the rules that were added. */
function groupOf(group: SecurityGroup): readonly ExportedResource[] {
  const { GroupId, GroupName, Description, VpcId, IpPermissions, IpPermissionsEgress, Tags } = group
  const name = GroupName === 'default' ? 'Default' : GroupName
  const rules = IpPermissions.flatMap((permission) => rulesOf(permission))
  if (GroupName === 'default')
    return rules
      .filter(({ SourceSecurityGroupId }) => SourceSecurityGroupId !== GroupId)
      .map((rule) => ({
        type: 'AWS::EC2::SecurityGroupIngress',
        name,
        physicalId: `${GroupId}|${JSON.stringify(rule)}`,
        properties: { GroupId, ...rule },
      }))
  const inline = rules.filter(({ SourceSecurityGroupId }) => SourceSecurityGroupId === undefined)
  const egress = IpPermissionsEgress.flatMap((permission) => rulesOf(permission))
  const open = egress.length === 1 && egress[0]?.IpProtocol === '-1' && egress[0].CidrIp === '0.0.0.0/0'
  return [
    {
      type: 'AWS::EC2::SecurityGroup',
      name,
      physicalId: GroupId,
      properties: lean({
        GroupName,
        GroupDescription: Description,
        VpcId,
        SecurityGroupIngress: inline,
        SecurityGroupEgress: open ? undefined : egress,
        Tags: templateTags(Tags),
      }),
    },
    ...rules
      .filter(({ SourceSecurityGroupId }) => SourceSecurityGroupId !== undefined)
      .map((rule) => ({
        type: 'AWS::EC2::SecurityGroupIngress',
        name,
        physicalId: `${GroupId}|${JSON.stringify(rule)}`,
        properties: { GroupId, ...rule },
      })),
  ]
}

function rulesOf({ IpProtocol, FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] }: IpPermission): JsonObject[] {
  const ports = { IpProtocol, FromPort, ToPort }
  return [
    ...IpRanges.map(({ CidrIp, Description }) => lean({ ...ports, CidrIp, Description })),
    ...UserIdGroupPairs.map(({ GroupId }) => lean({ ...ports, SourceSecurityGroupId: GroupId })),
  ]
}

function templatesOf(world: World, region: string): readonly ExportedResource[] {
  return inRegion<LaunchTemplate>(world, 'aws.ec2.LaunchTemplate', region).map(
    ({ LaunchTemplateId, LaunchTemplateName, DefaultVersionNumber, versions }) => {
      const data = (versions.find(({ number }) => number === DefaultVersionNumber) ?? versions.at(-1))?.data
      return {
        type: 'AWS::EC2::LaunchTemplate',
        name: LaunchTemplateName,
        physicalId: LaunchTemplateId,
        properties: { LaunchTemplateName, LaunchTemplateData: (data ?? {}) as unknown as JsonObject },
      }
    },
  )
}

/** Instances that nobody's group keeps, each with what it was launched with. */
function instancesOf(world: World, region: string): readonly ExportedResource[] {
  const { subnets } = defaultNetwork(region)
  const zones = new Map(subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]))
  const counts = new Map<string, number>()
  const profiles = new Set<string>()
  const instances = inRegion<Instance>(world, INSTANCE, region)
    .filter(
      ({ state, Tags }) =>
        state !== 'terminated' &&
        state !== 'shutting-down' &&
        !Tags.some(({ Key }) => Key === 'aws:autoscaling:groupName'),
    )
    .sort(
      (a, b) =>
        a.launched - b.launched ||
        (a.Placement.AvailabilityZone < b.Placement.AvailabilityZone
          ? -1
          : a.Placement.AvailabilityZone > b.Placement.AvailabilityZone
            ? 1
            : a.born - b.born),
    )
    .map((instance): ExportedResource => {
      const profile = instance.IamInstanceProfile?.Arn.split('/').at(-1)
      if (profile !== undefined) profiles.add(profile)
      const zone = instance.Placement.AvailabilityZone
      const number = (counts.get(zone) ?? 0) + 1
      counts.set(zone, number)
      return {
        type: 'AWS::EC2::Instance',
        name: nameOf(`${zone}-${number}`, instance.Tags),
        physicalId: instance.InstanceId,
        properties: lean({
          ImageId: imageOf(instance.ImageId, region),
          InstanceType: instance.InstanceType,
          SubnetId: instance.SubnetId,
          AvailabilityZone: zones.has(instance.SubnetId) ? undefined : zone,
          SecurityGroupIds: instance.SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(
            ({ GroupId }) => GroupId,
          ),
          KeyName: instance.KeyName,
          IamInstanceProfile: profile === undefined ? undefined : refer('AWS::IAM::InstanceProfile', profile),
          UserData: instance.userData === undefined ? undefined : { 'Fn::Base64': instance.userData },
          Tags: templateTags(instance.Tags),
        }),
        after: clusterOf(instance.userData),
      }
    })
  return [...[...profiles].flatMap(impliedProfile), ...instances]
}

/** The newest image of its sort by the public parameter that every account has, else the image itself. */
function imageOf(id: string, region: string): string {
  for (const { ImageId, parameters, ecs } of machineImages(region)) {
    const [parameter] = parameters
    if (ImageId === id && parameter !== undefined) return `{{resolve:ssm:${parameter}${ecs ? '/image_id' : ''}}}`
  }
  return id
}

/** The cluster that its agent registers with must be there first. */
function clusterOf(userData: string | undefined): readonly (readonly [string, string])[] {
  const cluster = ecsSettings(userData)['ECS_CLUSTER']
  return cluster === undefined ? [] : [['AWS::ECS::Cluster', cluster]]
}

/** What the lab takes for granted of an instance profile that nobody made, and an account does not. */
function impliedProfile(name: string): readonly ExportedResource[] {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  return [
    {
      type: 'AWS::IAM::Role',
      name,
      physicalId: name,
      implied: true,
      properties: {
        RoleName: name,
        AssumeRolePolicyDocument: trust,
        ...(name === 'ecsInstanceRole'
          ? { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role'] }
          : {}),
      },
    },
    {
      type: 'AWS::IAM::InstanceProfile',
      name,
      physicalId: name,
      implied: true,
      properties: { InstanceProfileName: name, Roles: [refer('AWS::IAM::Role', name)] },
    },
  ]
}

function inRegion<T>(world: World, kind: string, region: string): readonly (T & Entity)[] {
  return ([...world.all(kind)] as (T & Entity)[]).filter(({ id }) => id.startsWith(`${kind}/${region}/`))
}
