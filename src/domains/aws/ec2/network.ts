import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import { ACCOUNT } from '../core/index.ts'
import { zonesOf } from './regions.ts'
import type { Tag } from './tag.ts'

/** A record of the network: the API's own fields, and the region that it belongs to. */
interface NetworkRecord extends Entity {
  readonly region: string
  readonly Tags: readonly Tag[]
}

export interface Vpc extends NetworkRecord {
  readonly VpcId: string
  readonly CidrBlock: string
  readonly IsDefault: boolean
  readonly InstanceTenancy: string
  readonly OwnerId: string
  readonly EnableDnsSupport: boolean
  readonly EnableDnsHostnames: boolean
}

export interface Subnet extends NetworkRecord {
  readonly SubnetId: string
  readonly VpcId: string
  readonly CidrBlock: string
  readonly AvailabilityZone: string
  readonly MapPublicIpOnLaunch: boolean
  readonly DefaultForAz: boolean
  readonly OwnerId: string
}

/** One rule of a security group, as the API groups them: a protocol with its ports, and who it is for. */
export interface IpPermission {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly IpRanges?:
    | readonly { readonly CidrIp?: string | undefined; readonly Description?: string | undefined }[]
    | undefined
  readonly Ipv6Ranges?:
    | readonly { readonly CidrIpv6?: string | undefined; readonly Description?: string | undefined }[]
    | undefined
  readonly UserIdGroupPairs?:
    | readonly {
        readonly GroupId?: string | undefined
        readonly GroupName?: string | undefined
        readonly UserId?: string | undefined
      }[]
    | undefined
  readonly PrefixListIds?: readonly object[] | undefined
}

export interface SecurityGroup extends NetworkRecord {
  readonly GroupId: string
  readonly GroupName: string
  readonly Description: string
  readonly VpcId: string
  readonly OwnerId: string
  readonly IpPermissions: readonly IpPermission[]
  readonly IpPermissionsEgress: readonly IpPermission[]
}

export interface Route {
  readonly DestinationCidrBlock: string
  readonly GatewayId?: string | undefined
  readonly NatGatewayId?: string | undefined
  readonly Origin: string
  readonly State: string
}

export interface RouteTable extends NetworkRecord {
  readonly RouteTableId: string
  readonly VpcId: string
  readonly OwnerId: string
  readonly Routes: readonly Route[]
  readonly Associations: readonly {
    readonly Main: boolean
    readonly RouteTableAssociationId: string
    readonly RouteTableId: string
    readonly SubnetId?: string | undefined
    readonly AssociationState: { readonly State: string }
  }[]
}

export interface InternetGateway extends NetworkRecord {
  readonly InternetGatewayId: string
  readonly OwnerId: string
  readonly Attachments: readonly { readonly State: string; readonly VpcId: string }[]
}

export interface NetworkAcl extends NetworkRecord {
  readonly NetworkAclId: string
  readonly VpcId: string
  readonly IsDefault: boolean
  readonly OwnerId: string
  readonly Entries: readonly object[]
  readonly Associations: readonly {
    readonly NetworkAclAssociationId: string
    readonly NetworkAclId: string
    readonly SubnetId: string
  }[]
}

type Made<T extends NetworkRecord> = Omit<T, keyof Entity> & { readonly id: string; readonly kind: string }

/** Everything that a region comes with, in the order in which it is made. */
interface DefaultNetwork {
  readonly vpc: Made<Vpc>
  readonly subnets: readonly Made<Subnet>[]
  readonly group: Made<SecurityGroup>
  readonly gateway: Made<InternetGateway>
  readonly routes: Made<RouteTable>
  readonly acl: Made<NetworkAcl>
}

const NETWORK = 'aws.ec2.DefaultNetwork'

/** Who may send anything anywhere: what a new group's egress has. */
export const ANYWHERE: IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  UserIdGroupPairs: [],
  PrefixListIds: [],
}

/**
 * The default network of a region, as every account has it: known before anything is in the world, so that looking costs no event; it comes
 * into being with the first thing that needs it (`defaultNetworkEmissions`).
 */
export function defaultNetwork(region: string): DefaultNetwork {
  let known = networks.get(region)
  if (!known) {
    known = makeNetwork(region)
    networks.set(region, known)
  }
  return known
}

const networks = new Map<string, DefaultNetwork>()

/** Brings the default network of a region into the world, once. */
export function defaultNetworkEmissions(world: World, region: string): readonly Emission[] {
  const marker = `${NETWORK}/${region}`
  if (world.get(marker)) return []
  return [
    { to: marker, kind: NETWORK, type: 'Created', data: { region } },
    ...recordsOf(region).map(({ id: to, kind, ...data }): Emission => ({ to, kind, type: 'Created', data })),
  ]
}

function recordsOf(region: string): readonly Made<NetworkRecord>[] {
  const { vpc, subnets, group, gateway, routes, acl } = defaultNetwork(region)
  return [vpc, ...subnets, group, gateway, routes, acl]
}

/** All network records of a kind in a region: those of the world, and the default ones while nobody has needed them. */
export function networkRecords<T extends NetworkRecord>(world: World, kind: string, region: string): readonly T[] {
  const there = [...world.all(kind)].filter((entity) => (entity as T).region === region) as T[]
  if (world.get(`${NETWORK}/${region}`)) return there
  return [...recordsOf(region).filter((record) => record.kind === kind), ...there] as unknown as readonly T[]
}

/** One network record by its id. */
export function networkRecord<T extends NetworkRecord>(
  world: World,
  kind: string,
  region: string,
  id: string,
): T | undefined {
  const to = `${kind}/${region}/${id}`
  const there = world.get(to) as T | undefined
  if (there || world.get(`${NETWORK}/${region}`)) return there
  return recordsOf(region).find((record) => record.id === to) as unknown as T | undefined
}

/** A subnet by its id. */
export function subnetOf(world: World, region: string, id: string): Subnet | undefined {
  return networkRecord<Subnet>(world, 'aws.ec2.Subnet', region, id)
}

function makeNetwork(region: string): DefaultNetwork {
  const idOf = (prefix: string, ...keys: readonly string[]) =>
    `${prefix}-0${digestOf(`${prefix} ${region} ${keys.join(' ')}`).slice(7, 23)}`
  const base = { region, OwnerId: ACCOUNT, Tags: [] }
  const VpcId = idOf('vpc')
  const zones = zonesOf(region)
  const subnets = zones.map((AvailabilityZone, i): Made<Subnet> => {
    const SubnetId = idOf('subnet', AvailabilityZone)
    return {
      ...base,
      id: `aws.ec2.Subnet/${region}/${SubnetId}`,
      kind: 'aws.ec2.Subnet',
      SubnetId,
      VpcId,
      CidrBlock: `172.31.${i * 16}.0/20`,
      AvailabilityZone,
      MapPublicIpOnLaunch: true,
      DefaultForAz: true,
    }
  })
  const InternetGatewayId = idOf('igw')
  return {
    vpc: {
      ...base,
      id: `aws.ec2.Vpc/${region}/${VpcId}`,
      kind: 'aws.ec2.Vpc',
      VpcId,
      CidrBlock: '172.31.0.0/16',
      IsDefault: true,
      InstanceTenancy: 'default',
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    },
    subnets,
    ...partsOf(region, VpcId, '172.31.0.0/16', idOf, InternetGatewayId),
    gateway: {
      ...base,
      id: `aws.ec2.InternetGateway/${region}/${InternetGatewayId}`,
      kind: 'aws.ec2.InternetGateway',
      InternetGatewayId,
      Attachments: [{ State: 'available', VpcId }],
    },
    acl: aclOf(
      region,
      VpcId,
      idOf,
      subnets.map(({ SubnetId }) => SubnetId),
    ),
  }
}

/** What every new VPC comes with: its default security group and its main route table. */
export function partsOf(
  region: string,
  VpcId: string,
  cidr: string,
  idOf: (prefix: string, ...keys: readonly string[]) => string,
  gateway?: string,
): { readonly group: Made<SecurityGroup>; readonly routes: Made<RouteTable> } {
  const base = { region, OwnerId: ACCOUNT, Tags: [], VpcId }
  const GroupId = idOf('sg')
  const RouteTableId = idOf('rtb')
  return {
    group: {
      ...base,
      id: `aws.ec2.SecurityGroup/${region}/${GroupId}`,
      kind: 'aws.ec2.SecurityGroup',
      GroupId,
      GroupName: 'default',
      Description: 'default VPC security group',
      IpPermissions: [{ ...ANYWHERE, IpRanges: [], UserIdGroupPairs: [{ GroupId, UserId: ACCOUNT }] }],
      IpPermissionsEgress: [ANYWHERE],
    },
    routes: {
      ...base,
      id: `aws.ec2.RouteTable/${region}/${RouteTableId}`,
      kind: 'aws.ec2.RouteTable',
      RouteTableId,
      Routes: [
        { DestinationCidrBlock: cidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
        ...(gateway === undefined
          ? []
          : [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway, Origin: 'CreateRoute', State: 'active' }]),
      ],
      Associations: [
        {
          Main: true,
          RouteTableAssociationId: idOf('rtbassoc'),
          RouteTableId,
          AssociationState: { State: 'associated' },
        },
      ],
    },
  }
}

/** The network ACL that a VPC comes with: it lets everything through. */
export function aclOf(
  region: string,
  VpcId: string,
  idOf: (prefix: string, ...keys: readonly string[]) => string,
  subnets: readonly string[],
): Made<NetworkAcl> {
  const NetworkAclId = idOf('acl')
  const rule = (Egress: boolean, RuleNumber: number, RuleAction: string) => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  })
  return {
    region,
    OwnerId: ACCOUNT,
    Tags: [],
    id: `aws.ec2.NetworkAcl/${region}/${NetworkAclId}`,
    kind: 'aws.ec2.NetworkAcl',
    NetworkAclId,
    VpcId,
    IsDefault: true,
    Entries: [
      rule(true, 100, 'allow'),
      rule(true, 32767, 'deny'),
      rule(false, 100, 'allow'),
      rule(false, 32767, 'deny'),
    ],
    Associations: subnets.map((SubnetId) => ({
      NetworkAclAssociationId: idOf('aclassoc', SubnetId),
      NetworkAclId,
      SubnetId,
    })),
  }
}
