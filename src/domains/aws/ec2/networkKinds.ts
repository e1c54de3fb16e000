import type { Entity, Face, Kind } from '../../../kernel/index.ts'
import { regionId, zoneId } from '../../places/index.ts'
import { recordKind } from '../core/index.ts'
import { launchTemplateKind } from './launchTemplate.ts'
import type { SecurityGroup, Subnet, Vpc } from './network.ts'
import { networkInterfaceKind } from './networkInterface.ts'
import { tagOf } from './tag.ts'

/** A subnet that someone made is a frame in its zone; the default ones are the zones themselves. */
const subnetFace: Face<Subnet> = {
  label: 'Subnet',
  plural: 'Subnets',
  pictogram: 'subnet',
  shape: 'frame',
  within: (subnet) => (subnet.DefaultForAz ? null : zoneId(subnet.AvailabilityZone)),
  look: (subnet) => ({
    title: tagOf(subnet.Tags, 'Name') ?? subnet.SubnetId,
    note: subnet.CidrBlock,
    tone: 'ok',
    word: subnet.MapPublicIpOnLaunch ? 'Public' : 'Private',
    facts: [
      ['Subnet ID', subnet.SubnetId],
      ['VPC', subnet.VpcId],
      ['Block', subnet.CidrBlock],
    ],
  }),
  links: (subnet) => [{ to: `aws.ec2.Vpc/${subnet.region}/${subnet.VpcId}`, kind: 'control' }],
  actions: (subnet) => [
    {
      id: 'delete',
      label: 'Delete',
      line: `aws ec2 delete-subnet --region ${subnet.region} --subnet-id ${subnet.SubnetId}`,
      sort: 'danger',
    },
  ],
}

const vpcFace: Face<Vpc> = {
  label: 'VPC',
  plural: 'VPCs',
  pictogram: 'network',
  shape: 'card',
  rank: 0,
  within: (vpc) => (vpc.IsDefault ? null : regionId(vpc.region)),
  look: (vpc) => ({
    title: tagOf(vpc.Tags, 'Name') ?? vpc.VpcId,
    note: vpc.CidrBlock,
    tone: 'ok',
    word: 'Available',
    facts: [
      ['VPC ID', vpc.VpcId],
      ['Block', vpc.CidrBlock],
    ],
  }),
  actions: (vpc) => [
    {
      id: 'delete',
      label: 'Delete',
      line: `aws ec2 delete-vpc --region ${vpc.region} --vpc-id ${vpc.VpcId}`,
      sort: 'danger',
    },
  ],
}

const groupFace: Face<SecurityGroup> = {
  label: 'Security group',
  plural: 'Security groups',
  pictogram: 'firewall',
  shape: 'card',
  rank: 1,
  within: () => null,
  look: (group) => ({
    title: group.GroupName,
    tone: 'ok',
    word: `${group.IpPermissions.length} rules`,
    facts: group.IpPermissions.map(({ IpProtocol, FromPort, IpRanges = [], UserIdGroupPairs = [] }) => [
      `${IpProtocol === '-1' ? 'all' : IpProtocol} ${FromPort ?? ''}`,
      [...IpRanges.map(({ CidrIp }) => CidrIp), ...UserIdGroupPairs.map(({ GroupId }) => GroupId)].join(', '),
    ]),
  }),
}

/** Kinds of everything beside instances. */
export const networkKinds: readonly Kind[] = [
  recordKind<Entity>({ kind: 'aws.ec2.DefaultNetwork', noun: 'a region in use' }),
  recordKind<Vpc>({ kind: 'aws.ec2.Vpc', noun: 'a virtual private cloud', face: vpcFace }),
  recordKind<Subnet>({ kind: 'aws.ec2.Subnet', noun: 'a subnet', face: subnetFace }),
  recordKind<SecurityGroup>({ kind: 'aws.ec2.SecurityGroup', noun: 'a security group', face: groupFace }),
  recordKind({ kind: 'aws.ec2.RouteTable', noun: 'a route table' }),
  recordKind({ kind: 'aws.ec2.InternetGateway', noun: 'an internet gateway' }),
  recordKind({ kind: 'aws.ec2.NatGateway', noun: 'a NAT gateway' }),
  recordKind({ kind: 'aws.ec2.NetworkAcl', noun: 'a network ACL' }),
  recordKind({ kind: 'aws.ec2.KeyPair', noun: 'a key pair' }),
  recordKind({ kind: 'aws.ec2.Address', noun: 'an Elastic IP address' }),
  launchTemplateKind,
  networkInterfaceKind,
]
