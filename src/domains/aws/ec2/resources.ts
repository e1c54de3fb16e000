import type { Emission, Json, JsonObject, World } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { INSTANCE, type Instance } from './instance.ts'
import { networkRecord, networkRecords, type RouteTable, type SecurityGroup, type Subnet, type Vpc } from './network.ts'

type Answered =
  | { readonly output: JsonObject; readonly emit: readonly Emission[] }
  | Extract<ResourceAnswer, { readonly error: unknown }>

/** Calls an operation of EC2 as the stack does. */
function ask(call: ResourceCall, operation: string, input: object): Answered {
  const { world, principal, region } = call
  const answer = callService({ world, service: 'ec2', operation, input: input as JsonObject, principal, region })
  return 'error' in answer ? answer : { output: answer.output as JsonObject, emit: answer.emit ?? [] }
}

function tagList(properties: JsonObject, call: ResourceCall): readonly object[] {
  const own = (properties.Tags ?? []) as readonly JsonObject[]
  return [...Object.entries(call.tags).map(([Key, Value]) => ({ Key, Value })), ...own]
}

const tagged = (type: string, properties: JsonObject, call: ResourceCall) => {
  const Tags = tagList(properties, call)
  return Tags.length > 0 ? { TagSpecifications: [{ ResourceType: type, Tags }] } : {}
}

/** Where a record of the network is: its region is not in its id, so all are looked through. */
function present(kind: string, physicalId: string, world: World): boolean {
  for (const one of world.all(kind)) if (one.id.endsWith(`/${physicalId}`)) return true
  return false
}

function found<T>(kind: string, physicalId: string, world: World): T | undefined {
  for (const one of world.all(kind)) if (one.id.endsWith(`/${physicalId}`)) return one as T
  return undefined
}

interface Simple {
  readonly type: string
  readonly kind: string
  readonly required?: readonly string[]
  readonly replaces?: readonly string[]
  readonly make: string
  readonly input: (properties: JsonObject, call: ResourceCall) => object
  /** Where the new id stands in the output. */
  readonly made: (output: JsonObject) => string
  readonly drop: string
  readonly id: string
  readonly attributes?: ResourceType['attributes']
}

/** A type whose things one operation makes and another deletes. */
function simple(one: Simple): ResourceType {
  return {
    type: one.type,
    required: one.required ?? [],
    replaces: one.replaces ?? ['*'],
    create: (properties, call) => {
      const answer = ask(call, one.make, one.input(properties, call))
      return 'error' in answer ? answer : { physicalId: one.made(answer.output), emit: answer.emit }
    },
    remove: (physicalId, _properties, call) => {
      const answer = ask(call, one.drop, { [one.id]: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => (present(one.kind, physicalId, world) ? 'ready' : 'gone'),
    watches: [one.kind],
    ...(one.attributes ? { attributes: one.attributes } : {}),
  }
}

const of = (output: JsonObject, member: string, id: string) => String((output[member] as JsonObject)[id])

/** CloudFormation resource types of EC2. */
export const resources: readonly ResourceType[] = [
  simple({
    type: 'AWS::EC2::VPC',
    kind: 'aws.ec2.Vpc',
    required: ['CidrBlock'],
    replaces: ['CidrBlock'],
    make: 'CreateVpc',
    input: (p, call) => ({ CidrBlock: p.CidrBlock, InstanceTenancy: p.InstanceTenancy, ...tagged('vpc', p, call) }),
    made: (output) => of(output, 'Vpc', 'VpcId'),
    drop: 'DeleteVpc',
    id: 'VpcId',
    attributes: (id, world) => {
      const vpc = found<Vpc>('aws.ec2.Vpc', id, world)
      const group =
        vpc &&
        networkRecords<SecurityGroup>(world, 'aws.ec2.SecurityGroup', vpc.region).find(
          (g) => g.VpcId === id && g.GroupName === 'default',
        )
      return { VpcId: id, CidrBlock: vpc?.CidrBlock ?? '', DefaultSecurityGroup: group?.GroupId ?? '' }
    },
  }),
  simple({
    type: 'AWS::EC2::Subnet',
    kind: 'aws.ec2.Subnet',
    required: ['VpcId'],
    replaces: ['VpcId', 'CidrBlock', 'AvailabilityZone'],
    make: 'CreateSubnet',
    input: (p, call) => ({
      VpcId: p.VpcId,
      CidrBlock: p.CidrBlock,
      AvailabilityZone: p.AvailabilityZone,
      ...tagged('subnet', p, call),
    }),
    made: (output) => of(output, 'Subnet', 'SubnetId'),
    drop: 'DeleteSubnet',
    id: 'SubnetId',
    attributes: (id, world) => {
      const subnet = found<Subnet>('aws.ec2.Subnet', id, world)
      return {
        SubnetId: id,
        AvailabilityZone: subnet?.AvailabilityZone ?? '',
        VpcId: subnet?.VpcId ?? '',
        CidrBlock: subnet?.CidrBlock ?? '',
      }
    },
  }),
  securityGroup(),
  securityGroupIngress(),
  simple({
    type: 'AWS::EC2::InternetGateway',
    kind: 'aws.ec2.InternetGateway',
    make: 'CreateInternetGateway',
    input: (p, call) => tagged('internet-gateway', p, call),
    made: (output) => of(output, 'InternetGateway', 'InternetGatewayId'),
    drop: 'DeleteInternetGateway',
    id: 'InternetGatewayId',
    attributes: (id) => ({ InternetGatewayId: id }),
  }),
  {
    type: 'AWS::EC2::VPCGatewayAttachment',
    required: ['VpcId'],
    replaces: ['VpcId', 'InternetGatewayId'],
    create: (p, call) => {
      const answer = ask(call, 'AttachInternetGateway', { VpcId: p.VpcId, InternetGatewayId: p.InternetGatewayId })
      return 'error' in answer ? answer : { physicalId: `IGW|${p.VpcId}|${p.InternetGatewayId}`, emit: answer.emit }
    },
    remove: (physicalId, _p, call) => {
      const [, VpcId, InternetGatewayId] = physicalId.split('|')
      const answer = ask(call, 'DetachInternetGateway', { VpcId, InternetGatewayId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => {
      const [, vpc, gateway = ''] = physicalId.split('|')
      const one = found<{ readonly Attachments: readonly { readonly VpcId: string }[] }>(
        'aws.ec2.InternetGateway',
        gateway,
        world,
      )
      return one?.Attachments.some(({ VpcId }) => VpcId === vpc) ? 'ready' : 'gone'
    },
    watches: ['aws.ec2.InternetGateway'],
  },
  simple({
    type: 'AWS::EC2::RouteTable',
    kind: 'aws.ec2.RouteTable',
    required: ['VpcId'],
    make: 'CreateRouteTable',
    input: (p, call) => ({ VpcId: p.VpcId, ...tagged('route-table', p, call) }),
    made: (output) => of(output, 'RouteTable', 'RouteTableId'),
    drop: 'DeleteRouteTable',
    id: 'RouteTableId',
    attributes: (id) => ({ RouteTableId: id }),
  }),
  {
    type: 'AWS::EC2::Route',
    required: ['RouteTableId'],
    replaces: ['RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId'],
    create: (p, call) => {
      const answer = ask(call, 'CreateRoute', p)
      return 'error' in answer
        ? answer
        : { physicalId: `${p.RouteTableId}|${p.DestinationCidrBlock}`, emit: answer.emit }
    },
    remove: (physicalId, _p, call) => {
      const [RouteTableId, DestinationCidrBlock] = physicalId.split('|')
      const answer = ask(call, 'DeleteRoute', { RouteTableId, DestinationCidrBlock })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => {
      const [table = '', block] = physicalId.split('|')
      const routes = found<RouteTable>('aws.ec2.RouteTable', table, world)?.Routes
      return routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === block) ? 'ready' : 'gone'
    },
    watches: ['aws.ec2.RouteTable'],
  },
  {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    required: ['RouteTableId', 'SubnetId'],
    replaces: ['RouteTableId', 'SubnetId'],
    create: (p, call) => {
      const answer = ask(call, 'AssociateRouteTable', { RouteTableId: p.RouteTableId, SubnetId: p.SubnetId })
      return 'error' in answer ? answer : { physicalId: String(answer.output.AssociationId), emit: answer.emit }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DisassociateRouteTable', { AssociationId: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => {
      for (const one of world.all('aws.ec2.RouteTable'))
        if ((one as RouteTable).Associations.some((a) => a.RouteTableAssociationId === physicalId)) return 'ready'
      return 'gone'
    },
    watches: ['aws.ec2.RouteTable'],
  },
  simple({
    type: 'AWS::EC2::NatGateway',
    kind: 'aws.ec2.NatGateway',
    make: 'CreateNatGateway',
    input: (p, call) => ({ SubnetId: p.SubnetId, AllocationId: p.AllocationId, ...tagged('natgateway', p, call) }),
    made: (output) => of(output, 'NatGateway', 'NatGatewayId'),
    drop: 'DeleteNatGateway',
    id: 'NatGatewayId',
  }),
  simple({
    type: 'AWS::EC2::EIP',
    kind: 'aws.ec2.Address',
    make: 'AllocateAddress',
    input: (p, call) => ({ Domain: 'vpc', ...tagged('elastic-ip', p, call) }),
    made: (output) => String(output.AllocationId),
    drop: 'ReleaseAddress',
    id: 'AllocationId',
    attributes: (id) => ({ AllocationId: id }),
  }),
  simple({
    type: 'AWS::EC2::LaunchTemplate',
    kind: 'aws.ec2.LaunchTemplate',
    required: ['LaunchTemplateData'],
    make: 'CreateLaunchTemplate',
    input: (p, call) => ({
      LaunchTemplateName: p.LaunchTemplateName ?? call.generatedName,
      LaunchTemplateData: p.LaunchTemplateData,
    }),
    made: (output) => of(output, 'LaunchTemplate', 'LaunchTemplateId'),
    drop: 'DeleteLaunchTemplate',
    id: 'LaunchTemplateId',
    attributes: (id, world) => {
      const template = found<{ readonly DefaultVersionNumber: number; readonly versions: readonly object[] }>(
        'aws.ec2.LaunchTemplate',
        id,
        world,
      )
      return {
        LaunchTemplateId: id,
        DefaultVersionNumber: String(template?.DefaultVersionNumber ?? 1),
        LatestVersionNumber: String(template?.versions.length ?? 1),
      }
    },
  }),
  {
    type: 'AWS::EC2::Instance',
    required: [],
    replaces: ['ImageId', 'SubnetId', 'KeyName', 'AvailabilityZone', 'UserData'],
    create: (p, call) => {
      const { AvailabilityZone, Tags: _tags, ...rest } = p
      const placement = AvailabilityZone === undefined ? {} : { Placement: { AvailabilityZone } }
      const profile = p.IamInstanceProfile === undefined ? {} : { IamInstanceProfile: { Name: p.IamInstanceProfile } }
      const answer = ask(call, 'RunInstances', {
        ...rest,
        ...placement,
        ...profile,
        MinCount: 1,
        MaxCount: 1,
        ...tagged('instance', p, call),
      })
      if ('error' in answer) return answer
      const [made] = answer.output.Instances as readonly JsonObject[]
      return { physicalId: String(made?.InstanceId), emit: answer.emit }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'TerminateInstances', { InstanceIds: [physicalId] })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => {
      const state = found<Instance>(INSTANCE, physicalId, world)?.state
      if (state === undefined || state === 'terminated') return 'gone'
      return state === 'pending' || state === 'shutting-down' ? 'working' : 'ready'
    },
    watches: [INSTANCE],
    attributes: (id, world): { readonly [name: string]: Json } => {
      const one = found<Instance>(INSTANCE, id, world)
      return {
        InstanceId: id,
        AvailabilityZone: one?.Placement.AvailabilityZone ?? '',
        PrivateIp: one?.PrivateIpAddress ?? '',
        PublicIp: one?.PublicIpAddress ?? '',
        PublicDnsName: one?.PublicDnsName ?? '',
        PrivateDnsName: one?.PrivateDnsName ?? '',
      }
    },
  },
]

/** A security group with the rules in its properties. */
function securityGroup(): ResourceType {
  const kind = 'aws.ec2.SecurityGroup'
  const permission = (rule: JsonObject) => ({
    IpProtocol: String(rule.IpProtocol),
    ...(rule.FromPort === undefined ? {} : { FromPort: Number(rule.FromPort) }),
    ...(rule.ToPort === undefined ? {} : { ToPort: Number(rule.ToPort) }),
    IpRanges: rule.CidrIp === undefined ? [] : [{ CidrIp: rule.CidrIp }],
    Ipv6Ranges: [],
    UserIdGroupPairs: rule.SourceSecurityGroupId === undefined ? [] : [{ GroupId: rule.SourceSecurityGroupId }],
    PrefixListIds: [],
  })
  const rules = (list: Json | undefined) => ((list ?? []) as readonly JsonObject[]).map(permission)
  const apply = (to: string, p: JsonObject): Emission => ({
    to,
    type: 'Changed',
    data: {
      IpPermissions: rules(p.SecurityGroupIngress),
      ...(p.SecurityGroupEgress === undefined ? {} : { IpPermissionsEgress: rules(p.SecurityGroupEgress) }),
    },
  })
  return {
    type: 'AWS::EC2::SecurityGroup',
    required: ['GroupDescription'],
    replaces: ['GroupName', 'GroupDescription', 'VpcId'],
    create: (p, call) => {
      const answer = ask(call, 'CreateSecurityGroup', {
        GroupName: p.GroupName ?? call.generatedName,
        Description: p.GroupDescription,
        VpcId: p.VpcId,
        ...tagged('security-group', p, call),
      })
      if ('error' in answer) return answer
      const physicalId = String(answer.output.GroupId)
      return { physicalId, emit: [...answer.emit, apply(`${kind}/${call.region}/${physicalId}`, p)] }
    },
    update: (physicalId, p, _before, call) => {
      const group = networkRecord<SecurityGroup>(call.world, kind, call.region, physicalId)
      return group ? { physicalId, emit: [apply(group.id, p)] } : { physicalId, emit: [] }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DeleteSecurityGroup', { GroupId: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => (present(kind, physicalId, world) ? 'ready' : 'gone'),
    watches: [kind],
    attributes: (id, world) => ({ GroupId: id, VpcId: found<SecurityGroup>(kind, id, world)?.VpcId ?? '' }),
  }
}

/** One rule of a security group that stands by itself: the group may be one that every account has. */
function securityGroupIngress(): ResourceType {
  const input = (p: JsonObject) => ({
    GroupId: p.GroupId,
    IpPermissions: [
      {
        IpProtocol: String(p.IpProtocol),
        ...(p.FromPort === undefined ? {} : { FromPort: Number(p.FromPort) }),
        ...(p.ToPort === undefined ? {} : { ToPort: Number(p.ToPort) }),
        ...(p.CidrIp === undefined ? {} : { IpRanges: [{ CidrIp: p.CidrIp }] }),
        ...(p.SourceSecurityGroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId: p.SourceSecurityGroupId }] }),
      },
    ],
  })
  return {
    type: 'AWS::EC2::SecurityGroupIngress',
    required: ['IpProtocol'],
    replaces: ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'SourceSecurityGroupId'],
    create: (p, call) => {
      const answer = ask(call, 'AuthorizeSecurityGroupIngress', input(p))
      return 'error' in answer ? answer : { physicalId: `${p.GroupId}|${call.logicalId}`, emit: answer.emit }
    },
    remove: (physicalId, p, call) => {
      const answer = ask(call, 'RevokeSecurityGroupIngress', input(p))
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) =>
      present('aws.ec2.SecurityGroup', physicalId.slice(0, physicalId.indexOf('|')), world) ? 'ready' : 'gone',
    watches: ['aws.ec2.SecurityGroup'],
  }
}
