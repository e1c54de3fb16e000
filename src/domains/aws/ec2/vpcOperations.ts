import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { ACCOUNT, type ApiCall, arnOf, defineOperation, hexId, type Operation, refuse } from '../core/index.ts'
import { addressesInUse, freeCount } from './addresses.ts'
import { blockOf, overlap, within } from './cidr.ts'
import { type Asked, describe } from './describing.ts'
import { filtered } from './filters.ts'
import {
  aclOf,
  defaultNetworkEmissions,
  type InternetGateway,
  type NetworkAcl,
  networkRecord,
  networkRecords,
  partsOf,
  type RouteTable,
  type Subnet,
  type Vpc,
} from './network.ts'
import { zoneIdOf, zonesOf } from './regions.ts'
import { tagsFor } from './tag.ts'
import type {
  AssociateRouteTableRequest,
  AttachInternetGatewayRequest,
  CreateInternetGatewayRequest,
  CreateNatGatewayRequest,
  CreateNetworkAclEntryRequest,
  CreateNetworkAclRequest,
  CreateRouteRequest,
  CreateRouteTableRequest,
  CreateSubnetRequest,
  CreateVpcRequest,
  DeleteInternetGatewayRequest,
  DeleteNatGatewayRequest,
  DeleteRouteRequest,
  DeleteRouteTableRequest,
  DeleteSubnetRequest,
  DeleteVpcRequest,
  DetachInternetGatewayRequest,
  DisassociateRouteTableRequest,
  ModifySubnetAttributeRequest,
} from './types.generated.ts'

type Any = { readonly world: World; readonly region: string }

/** An emission that makes a network record, or changes or deletes one that may still be a default that is not in the world. */
function made(kind: string, region: string, id: string, data: object): Emission {
  return { to: `${kind}/${region}/${id}`, kind, type: 'Created', data }
}
function changed({ world, region }: Any, kind: string, id: string, data: object): readonly Emission[] {
  return [...defaultNetworkEmissions(world, region), { to: `${kind}/${region}/${id}`, type: 'Changed', data }]
}
function deleted({ world, region }: Any, kind: string, id: string): readonly Emission[] {
  return [...defaultNetworkEmissions(world, region), { to: `${kind}/${region}/${id}`, type: 'Deleted' }]
}
/** A random id's maker for the parts of one call. */
const idsOf =
  ({ world }: Any) =>
  (prefix: string, ...keys: readonly string[]) =>
    `${prefix}-0${hexId(world, 16, prefix, ...keys)}`

const VPC = 'aws.ec2.Vpc'
const SUBNET = 'aws.ec2.Subnet'
const TABLE = 'aws.ec2.RouteTable'
const GATEWAY = 'aws.ec2.InternetGateway'
const ACL = 'aws.ec2.NetworkAcl'
const NAT = 'aws.ec2.NatGateway'

const vpcOf = (call: Any, id: string) => networkRecord<Vpc>(call.world, VPC, call.region, id)
const noVpc = (id: string) => refuse('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`)
const noTable = (id: string) => refuse('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`)
const noSubnet = (id: string) => refuse('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`)

/** A record as the API describes it: without what the lab keeps beside. */
export function plainRecord(record: Entity): object {
  const {
    id: _id,
    kind: _kind,
    state: _state,
    entry: _entry,
    since: _since,
    born: _born,
    owner: _owner,
    region: _region,
    declined: _declined,
    ...rest
  } = record as Entity & { readonly region: string }
  return rest
}

function vpcOutput(vpc: Omit<Vpc, keyof Entity>): object {
  return {
    OwnerId: vpc.OwnerId,
    InstanceTenancy: vpc.InstanceTenancy,
    Ipv6CidrBlockAssociationSet: [],
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-${vpc.VpcId.slice(4)}`,
        CidrBlock: vpc.CidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    IsDefault: vpc.IsDefault,
    ...(vpc.Tags.length > 0 ? { Tags: vpc.Tags } : {}),
    VpcId: vpc.VpcId,
    State: 'available',
    CidrBlock: vpc.CidrBlock,
    DhcpOptionsId: 'dopt-0default',
  }
}

function subnetOutput(world: World, subnet: Omit<Subnet, keyof Entity>): object {
  const { region } = subnet
  return {
    AvailabilityZoneId: zoneIdOf(subnet.AvailabilityZone),
    MapCustomerOwnedIpOnLaunch: false,
    OwnerId: subnet.OwnerId,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    ...(subnet.Tags.length > 0 ? { Tags: subnet.Tags } : {}),
    SubnetArn: arnOf('ec2', region, `subnet/${subnet.SubnetId}`),
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    SubnetId: subnet.SubnetId,
    State: 'available',
    VpcId: subnet.VpcId,
    CidrBlock: subnet.CidrBlock,
    AvailableIpAddressCount: freeCount(world, subnet),
    AvailabilityZone: subnet.AvailabilityZone,
    DefaultForAz: subnet.DefaultForAz,
    MapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
  }
}

/** Operations on VPCs, subnets and the ways between them. */
export const vpcOperations: readonly Operation[] = [
  defineOperation<CreateVpcRequest>('CreateVpc', (call) => {
    const { input, region } = call
    const block = input.CidrBlock === undefined ? undefined : blockOf(input.CidrBlock)
    if (input.CidrBlock === undefined)
      return refuse('MissingParameter', "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.")
    if (!block)
      return refuse(
        'InvalidParameterValue',
        `Value (${input.CidrBlock}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
      )
    if (block.size > 65536 || block.size < 16)
      return refuse('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`)
    const ids = idsOf(call)
    const VpcId = ids('vpc', input.CidrBlock)
    const vpc = {
      region,
      VpcId,
      CidrBlock: input.CidrBlock,
      IsDefault: false,
      InstanceTenancy: input.InstanceTenancy ?? 'default',
      OwnerId: ACCOUNT,
      EnableDnsSupport: true,
      EnableDnsHostnames: false,
      Tags: tagsFor(input.TagSpecifications, 'vpc'),
    }
    const partIds = (prefix: string, ...keys: readonly string[]) => ids(prefix, VpcId, ...keys)
    const { group, routes } = partsOf(region, VpcId, input.CidrBlock, partIds)
    const acl = aclOf(region, VpcId, partIds, [])
    return {
      output: { Vpc: { ...vpcOutput(vpc), State: 'pending' } },
      emit: [
        made(VPC, region, VpcId, vpc),
        ...[group, routes, acl].map(({ id: to, kind, ...data }): Emission => ({ to, kind, type: 'Created', data })),
      ],
    }
  }),
  defineOperation<Asked>('DescribeVpcs', (call) =>
    describe(call, networkRecords<Vpc>(call.world, VPC, call.region).map(vpcOutput) as { VpcId: string }[], {
      output: 'Vpcs',
      ids: 'VpcIds',
      id: 'VpcId',
      names: { cidr: 'CidrBlock' },
      missing: (id) => ['InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`],
    }),
  ),
  defineOperation<DeleteVpcRequest>('DeleteVpc', (call) => {
    const { world, region, input } = call
    const vpc = vpcOf(call, input.VpcId)
    if (!vpc) return noVpc(input.VpcId)
    const inUse =
      networkRecords<Subnet>(world, SUBNET, region).some(({ VpcId }) => VpcId === vpc.VpcId) ||
      networkRecords<InternetGateway>(world, GATEWAY, region).some(({ Attachments }) =>
        Attachments.some(({ VpcId }) => VpcId === vpc.VpcId),
      )
    if (inUse) return refuse('DependencyViolation', `The vpc '${vpc.VpcId}' has dependencies and cannot be deleted.`)
    const parts = ['aws.ec2.SecurityGroup', TABLE, ACL].flatMap((kind) =>
      networkRecords<RouteTable>(world, kind, region).filter(({ VpcId }) => VpcId === vpc.VpcId),
    )
    return {
      output: {},
      emit: [...deleted(call, VPC, vpc.VpcId), ...parts.map(({ id: to }): Emission => ({ to, type: 'Deleted' }))],
    }
  }),
  defineOperation<CreateSubnetRequest>('CreateSubnet', (call) => {
    const { input, world, region } = call
    const vpc = vpcOf(call, input.VpcId)
    if (!vpc) return noVpc(input.VpcId)
    const block = blockOf(input.CidrBlock ?? '')
    const outer = blockOf(vpc.CidrBlock)
    if (!block)
      return refuse(
        'InvalidParameterValue',
        `Value (${input.CidrBlock}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
      )
    if (!outer || !within(outer, block) || block.size < 16)
      return refuse('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`)
    const others = networkRecords<Subnet>(world, SUBNET, region).filter(({ VpcId }) => VpcId === vpc.VpcId)
    if (others.some(({ CidrBlock }) => overlap(blockOf(CidrBlock) ?? block, block)))
      return refuse('InvalidSubnet.Conflict', `The CIDR '${input.CidrBlock}' conflicts with another subnet`)
    const zones = zonesOf(region)
    const zone =
      input.AvailabilityZone ??
      zones.find((one) => zoneIdOf(one) === input.AvailabilityZoneId) ??
      zones[others.length % zones.length] ??
      zones[0]
    if (zone === undefined || !zones.includes(zone))
      return refuse(
        'InvalidParameterValue',
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
      )
    const SubnetId = idsOf(call)('subnet', vpc.VpcId, input.CidrBlock ?? '')
    const subnet = {
      region,
      SubnetId,
      VpcId: vpc.VpcId,
      CidrBlock: input.CidrBlock ?? '',
      AvailabilityZone: zone,
      MapPublicIpOnLaunch: false,
      DefaultForAz: false,
      OwnerId: ACCOUNT,
      Tags: tagsFor(input.TagSpecifications, 'subnet'),
    }
    return {
      output: { Subnet: subnetOutput(world, subnet) },
      emit: [...defaultNetworkEmissions(world, region), made(SUBNET, region, SubnetId, subnet)],
    }
  }),
  defineOperation<Asked>('DescribeSubnets', (call) =>
    describe(
      call,
      networkRecords<Subnet>(call.world, SUBNET, call.region).map((one) => subnetOutput(call.world, one)) as {
        SubnetId: string
      }[],
      {
        output: 'Subnets',
        ids: 'SubnetIds',
        id: 'SubnetId',
        names: {
          'cidr-block': 'CidrBlock',
          cidr: 'CidrBlock',
          'default-for-az': 'DefaultForAz',
          defaultForAz: 'DefaultForAz',
          availabilityZone: 'AvailabilityZone',
        },
        missing: (id) => ['InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`],
      },
    ),
  ),
  defineOperation<ModifySubnetAttributeRequest>('ModifySubnetAttribute', (call) => {
    const { input } = call
    const subnet = networkRecord<Subnet>(call.world, SUBNET, call.region, input.SubnetId)
    if (!subnet) return noSubnet(input.SubnetId)
    const data = input.MapPublicIpOnLaunch ? { MapPublicIpOnLaunch: input.MapPublicIpOnLaunch.Value ?? false } : {}
    return { output: {}, emit: changed(call, SUBNET, subnet.SubnetId, data) }
  }),
  defineOperation<DeleteSubnetRequest>('DeleteSubnet', (call) => {
    const { input, world, region } = call
    const subnet = networkRecord<Subnet>(world, SUBNET, region, input.SubnetId)
    if (!subnet) return noSubnet(input.SubnetId)
    if ((world.derived(addressesInUse).get(subnet.SubnetId)?.size ?? 0) > 0)
      return refuse('DependencyViolation', `The subnet '${subnet.SubnetId}' has dependencies and cannot be deleted.`)
    return { output: {}, emit: deleted(call, SUBNET, subnet.SubnetId) }
  }),
  defineOperation<CreateRouteTableRequest>('CreateRouteTable', (call) => {
    const { input, region } = call
    const vpc = vpcOf(call, input.VpcId)
    if (!vpc) return noVpc(input.VpcId)
    const RouteTableId = idsOf(call)('rtb', vpc.VpcId)
    const table = {
      region,
      RouteTableId,
      VpcId: vpc.VpcId,
      OwnerId: ACCOUNT,
      Routes: [
        { DestinationCidrBlock: vpc.CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      ],
      Associations: [],
      Tags: tagsFor(input.TagSpecifications, 'route-table'),
    }
    const { region: _region, ...output } = table
    return {
      output: { RouteTable: { PropagatingVgws: [], ...output } },
      emit: [made(TABLE, region, RouteTableId, table)],
    }
  }),
  defineOperation<Asked>('DescribeRouteTables', (call) =>
    describe(
      call,
      networkRecords<RouteTable>(call.world, TABLE, call.region).map((one) => ({
        PropagatingVgws: [],
        ...plainRecord(one),
      })) as never as { RouteTableId: string }[],
      {
        output: 'RouteTables',
        ids: 'RouteTableIds',
        id: 'RouteTableId',
        names: {
          'association.subnet-id': 'Associations.SubnetId',
          'association.main': 'Associations.Main',
          'route.gateway-id': 'Routes.GatewayId',
        },
        missing: (id) => ['InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`],
      },
    ),
  ),
  defineOperation<DeleteRouteTableRequest>('DeleteRouteTable', (call) => {
    const table = networkRecord<RouteTable>(call.world, TABLE, call.region, call.input.RouteTableId)
    if (!table) return noTable(call.input.RouteTableId)
    if (table.Associations.length > 0)
      return refuse(
        'DependencyViolation',
        `The routeTable '${table.RouteTableId}' has dependencies and cannot be deleted.`,
      )
    return { output: {}, emit: deleted(call, TABLE, table.RouteTableId) }
  }),
  defineOperation<AssociateRouteTableRequest>('AssociateRouteTable', (call) => {
    const { input } = call
    const table = networkRecord<RouteTable>(call.world, TABLE, call.region, input.RouteTableId)
    if (!table) return noTable(input.RouteTableId)
    const subnet = networkRecord<Subnet>(call.world, SUBNET, call.region, input.SubnetId ?? '')
    if (!subnet) return noSubnet(input.SubnetId ?? '')
    const RouteTableAssociationId = idsOf(call)('rtbassoc', subnet.SubnetId)
    const state = { State: 'associated' }
    const association = {
      Main: false,
      RouteTableAssociationId,
      RouteTableId: table.RouteTableId,
      SubnetId: subnet.SubnetId,
      AssociationState: state,
    }
    return {
      output: { AssociationId: RouteTableAssociationId, AssociationState: state },
      emit: changed(call, TABLE, table.RouteTableId, { Associations: [...table.Associations, association] }),
    }
  }),
  defineOperation<DisassociateRouteTableRequest>('DisassociateRouteTable', (call) => {
    const { AssociationId } = call.input
    const table = networkRecords<RouteTable>(call.world, TABLE, call.region).find(({ Associations }) =>
      Associations.some((one) => one.RouteTableAssociationId === AssociationId),
    )
    if (!table) return refuse('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`)
    const Associations = table.Associations.filter((one) => one.RouteTableAssociationId !== AssociationId)
    return { output: {}, emit: changed(call, TABLE, table.RouteTableId, { Associations }) }
  }),
  defineOperation<CreateRouteRequest>('CreateRoute', (call) => {
    const { input } = call
    const table = networkRecord<RouteTable>(call.world, TABLE, call.region, input.RouteTableId)
    if (!table) return noTable(input.RouteTableId)
    const DestinationCidrBlock = input.DestinationCidrBlock ?? ''
    if (!blockOf(DestinationCidrBlock))
      return refuse(
        'InvalidParameterValue',
        `Value (${DestinationCidrBlock}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
      )
    if (table.Routes.some((route) => route.DestinationCidrBlock === DestinationCidrBlock))
      return refuse('RouteAlreadyExists', `The route identified by ${DestinationCidrBlock} already exists.`)
    if (input.GatewayId !== undefined && !networkRecord(call.world, GATEWAY, call.region, input.GatewayId))
      return refuse('InvalidInternetGatewayID.NotFound', `The internetGateway ID '${input.GatewayId}' does not exist`)
    const route = {
      DestinationCidrBlock,
      GatewayId: input.GatewayId,
      NatGatewayId: input.NatGatewayId,
      Origin: 'CreateRoute',
      State: 'active',
    }
    return {
      output: { Return: true },
      emit: changed(call, TABLE, table.RouteTableId, { Routes: [...table.Routes, route] }),
    }
  }),
  defineOperation<DeleteRouteRequest>('DeleteRoute', (call) => {
    const { input } = call
    const table = networkRecord<RouteTable>(call.world, TABLE, call.region, input.RouteTableId)
    if (!table) return noTable(input.RouteTableId)
    const Routes = table.Routes.filter((route) => route.DestinationCidrBlock !== input.DestinationCidrBlock)
    if (Routes.length === table.Routes.length)
      return refuse(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block ${input.DestinationCidrBlock} in route table ${table.RouteTableId}`,
      )
    return { output: {}, emit: changed(call, TABLE, table.RouteTableId, { Routes }) }
  }),
  defineOperation<CreateInternetGatewayRequest>('CreateInternetGateway', (call) => {
    const InternetGatewayId = idsOf(call)('igw')
    const gateway = {
      region: call.region,
      InternetGatewayId,
      OwnerId: ACCOUNT,
      Attachments: [],
      Tags: tagsFor(call.input.TagSpecifications, 'internet-gateway'),
    }
    const { region: _region, ...output } = gateway
    return { output: { InternetGateway: output }, emit: [made(GATEWAY, call.region, InternetGatewayId, gateway)] }
  }),
  defineOperation<AttachInternetGatewayRequest>('AttachInternetGateway', (call) => {
    const { input } = call
    const gateway = networkRecord<InternetGateway>(call.world, GATEWAY, call.region, input.InternetGatewayId)
    if (!gateway)
      return refuse(
        'InvalidInternetGatewayID.NotFound',
        `The internetGateway ID '${input.InternetGatewayId}' does not exist`,
      )
    if (!vpcOf(call, input.VpcId)) return noVpc(input.VpcId)
    if (gateway.Attachments.length > 0)
      return refuse(
        'Resource.AlreadyAssociated',
        `resource ${gateway.InternetGatewayId} is already attached to network ${gateway.Attachments[0]?.VpcId}`,
      )
    return {
      output: {},
      emit: changed(call, GATEWAY, gateway.InternetGatewayId, {
        Attachments: [{ State: 'available', VpcId: input.VpcId }],
      }),
    }
  }),
  defineOperation<DetachInternetGatewayRequest>('DetachInternetGateway', (call) => {
    const { input } = call
    const gateway = networkRecord<InternetGateway>(call.world, GATEWAY, call.region, input.InternetGatewayId)
    if (!gateway?.Attachments.some(({ VpcId }) => VpcId === input.VpcId))
      return refuse(
        'Gateway.NotAttached',
        `resource ${input.InternetGatewayId} is not attached to network ${input.VpcId}`,
      )
    return { output: {}, emit: changed(call, GATEWAY, gateway.InternetGatewayId, { Attachments: [] }) }
  }),
  defineOperation<DeleteInternetGatewayRequest>('DeleteInternetGateway', (call) => {
    const gateway = networkRecord<InternetGateway>(call.world, GATEWAY, call.region, call.input.InternetGatewayId)
    if (!gateway)
      return refuse(
        'InvalidInternetGatewayID.NotFound',
        `The internetGateway ID '${call.input.InternetGatewayId}' does not exist`,
      )
    if (gateway.Attachments.length > 0)
      return refuse(
        'DependencyViolation',
        `The internetGateway '${gateway.InternetGatewayId}' has dependencies and cannot be deleted.`,
      )
    return { output: {}, emit: deleted(call, GATEWAY, gateway.InternetGatewayId) }
  }),
  defineOperation<Asked>('DescribeInternetGateways', (call) =>
    describe(
      call,
      networkRecords<InternetGateway>(call.world, GATEWAY, call.region).map(plainRecord) as {
        InternetGatewayId: string
      }[],
      {
        output: 'InternetGateways',
        ids: 'InternetGatewayIds',
        id: 'InternetGatewayId',
        names: { 'attachment.vpc-id': 'Attachments.VpcId', 'attachment.state': 'Attachments.State' },
        missing: (id) => ['InvalidInternetGatewayID.NotFound', `The internetGateway ID '${id}' does not exist`],
      },
    ),
  ),
  defineOperation<CreateNatGatewayRequest>('CreateNatGateway', (call) => {
    const { input, world, region } = call
    const subnet = networkRecord<Subnet>(world, SUBNET, region, input.SubnetId ?? '')
    if (!subnet) return refuse('NatGatewayMalformed', `Subnet ${input.SubnetId} was not found`)
    const NatGatewayId = `nat-0${hexId(world, 16, 'nat', subnet.SubnetId)}`
    const nat = {
      region,
      NatGatewayId,
      SubnetId: subnet.SubnetId,
      VpcId: subnet.VpcId,
      ConnectivityType: input.ConnectivityType ?? 'public',
      NatGatewayAddresses: input.AllocationId === undefined ? [] : [{ AllocationId: input.AllocationId }],
      Tags: tagsFor(input.TagSpecifications, 'natgateway'),
    }
    const { region: _region, ...output } = nat
    return { output: { NatGateway: { ...output, State: 'pending' } }, emit: [made(NAT, region, NatGatewayId, nat)] }
  }),
  defineOperation<Asked>('DescribeNatGateways', (call) => {
    const all = [...call.world.all(NAT)].filter((one) => (one as Subnet).region === call.region)
    const found = filtered(
      all.map((one) => ({ ...plainRecord(one), State: 'available' })),
      (call.input as { readonly Filter?: Asked['Filters'] }).Filter,
    )
    return 'error' in found ? found : { output: { NatGateways: found.kept } }
  }),
  defineOperation<DeleteNatGatewayRequest>('DeleteNatGateway', (call) => {
    const { NatGatewayId } = call.input
    const to = `${NAT}/${call.region}/${NatGatewayId}`
    if (!call.world.get(to)) return refuse('NatGatewayNotFound', `NAT gateway ${NatGatewayId} was not found`)
    return { output: { NatGatewayId }, emit: [{ to, type: 'Deleted' }] }
  }),
  defineOperation<CreateNetworkAclRequest>('CreateNetworkAcl', (call) => {
    if (!vpcOf(call, call.input.VpcId)) return noVpc(call.input.VpcId)
    const {
      id: _id,
      kind: _kind,
      ...acl
    } = { ...aclOf(call.region, call.input.VpcId, idsOf(call), []), IsDefault: false }
    const kept = {
      ...acl,
      Entries: acl.Entries.filter((entry) => (entry as { readonly RuleNumber: number }).RuleNumber === 32767),
    }
    const { region: _region, ...output } = kept
    return { output: { NetworkAcl: output }, emit: [made(ACL, call.region, acl.NetworkAclId, kept)] }
  }),
  defineOperation<CreateNetworkAclEntryRequest>(
    'CreateNetworkAclEntry',
    (call: ApiCall<CreateNetworkAclEntryRequest>) => {
      const { NetworkAclId, DryRun: _dry, ...entry } = call.input
      const acl = networkRecord<NetworkAcl>(call.world, ACL, call.region, NetworkAclId)
      if (!acl) return refuse('InvalidNetworkAclID.NotFound', `The networkAcl ID '${NetworkAclId}' does not exist`)
      const number = (one: object) => (one as { readonly RuleNumber: number }).RuleNumber
      const Entries = [...acl.Entries, entry].sort((a, b) => number(a) - number(b))
      return { output: {}, emit: changed(call, ACL, NetworkAclId, { Entries }) }
    },
  ),
  defineOperation<Asked>('DescribeNetworkAcls', (call) =>
    describe(
      call,
      networkRecords<NetworkAcl>(call.world, ACL, call.region).map(plainRecord) as { NetworkAclId: string }[],
      {
        output: 'NetworkAcls',
        ids: 'NetworkAclIds',
        id: 'NetworkAclId',
        names: { 'association.subnet-id': 'Associations.SubnetId', default: 'IsDefault' },
        missing: (id) => ['InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`],
      },
    ),
  ),
]
