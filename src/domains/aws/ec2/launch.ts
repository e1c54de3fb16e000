import type { Emission, World } from '../../../kernel/index.ts'
import { placeEmissions } from '../../places/index.ts'
import { ACCOUNT, type ApiError, hexId, refuse } from '../core/index.ts'
import { freeAddresses, publicAddress } from './addresses.ts'
import { INSTANCE, type Instance, instanceEntityId } from './instance.ts'
import { instanceType } from './instanceTypes.ts'
import { machineImage } from './machineImages.ts'
import { defaultNetworkEmissions, networkRecords, type SecurityGroup, type Subnet, subnetOf } from './network.ts'
import { zonesOf } from './regions.ts'
import { type Tag, tagsFor } from './tag.ts'

/** What an instance is to be like: RunInstances' input, a launch template's data, or an Auto Scaling group's wish. */
export interface LaunchOrder {
  readonly ImageId?: string | undefined
  readonly InstanceType?: string | undefined
  readonly SubnetId?: string | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly SecurityGroups?: readonly string[] | undefined
  readonly KeyName?: string | undefined
  /** Base64, as the API has it; text that is none is taken as it is. */
  readonly UserData?: string | undefined
  readonly Placement?: { readonly AvailabilityZone?: string | undefined } | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly IamInstanceProfile?: { readonly Arn?: string | undefined; readonly Name?: string | undefined } | undefined
  readonly NetworkInterfaces?:
    | readonly {
        readonly SubnetId?: string | undefined
        readonly Groups?: readonly string[] | undefined
        readonly AssociatePublicIpAddress?: boolean | undefined
      }[]
    | undefined
  readonly TagSpecifications?:
    | readonly { readonly ResourceType?: string | undefined; readonly Tags?: readonly Tag[] | undefined }[]
    | undefined
  readonly InstanceMarketOptions?: { readonly MarketType?: string | undefined } | undefined
  readonly DisableApiTermination?: boolean | undefined
}

/** Instances that will be: their fields, and what brings them about. */
export interface Launch {
  readonly instances: readonly (Omit<Instance, 'kind' | 'state' | 'entry' | 'since' | 'born' | 'owner'> & {
    readonly id: string
  })[]
  readonly emit: readonly Emission[]
}

/** Works out instances by an order, or refuses in EC2's words. `by` is the entity id of who launches them. */
export function launch(
  world: World,
  region: string,
  order: LaunchOrder,
  count: number,
  by?: string,
  keys: readonly (string | number)[] = [],
): Launch | { readonly error: ApiError } {
  if (order.ImageId === undefined) return refuse('MissingParameter', 'The request must contain the parameter ImageId')
  const image = machineImage(region, order.ImageId)
  if (!image)
    return /^ami-[0-9a-f]{8,17}$/.test(order.ImageId)
      ? refuse('InvalidAMIID.NotFound', `The image id '[${order.ImageId}]' does not exist`)
      : refuse('InvalidAMIID.Malformed', `Invalid id: "${order.ImageId}" (expecting "ami-...")`)
  const typeName = order.InstanceType ?? 'm1.small'
  const type = instanceType(typeName)
  if (!type) return refuse('InvalidParameterValue', `Invalid value '${typeName}' for InstanceType.`)
  if (type.architecture !== image.Architecture)
    return refuse(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
    )
  const subnet = chooseSubnet(world, region, order)
  if ('error' in subnet) return subnet
  const groups = chooseGroups(world, region, order, subnet.VpcId)
  if ('error' in groups) return groups
  if (order.KeyName !== undefined && !world.get(`aws.ec2.KeyPair/${region}/${order.KeyName}`))
    return refuse('InvalidKeyPair.NotFound', `The key pair '${order.KeyName}' does not exist`)
  const addresses =
    order.PrivateIpAddress === undefined
      ? freeAddresses(world, subnet, count, keys)
      : freeAddresses(world, subnet, 1, keys).length > 0
        ? [order.PrivateIpAddress]
        : []
  if (addresses.length < count)
    return refuse(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.SubnetId}' to satisfy the requested number of instances.`,
    )
  const [card] = order.NetworkInterfaces ?? []
  const isPublic = card?.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch
  const reservation = `r-0${hexId(world, 16, 'reservation', ...keys)}`
  const profile = order.IamInstanceProfile
  const instances = addresses.map((PrivateIpAddress, i) => {
    const InstanceId = `i-0${hexId(world, 16, 'instance', i, ...keys)}`
    const PublicIpAddress = isPublic ? publicAddress(world, InstanceId) : undefined
    const tail = region === 'us-east-1' ? 'compute-1' : `${region}.compute`
    return {
      id: instanceEntityId(region, InstanceId),
      region,
      InstanceId,
      ImageId: image.ImageId,
      InstanceType: type.name,
      Placement: { AvailabilityZone: subnet.AvailabilityZone, Tenancy: 'default', GroupName: '' },
      SubnetId: subnet.SubnetId,
      VpcId: subnet.VpcId,
      PrivateIpAddress,
      PrivateDnsName: `ip-${PrivateIpAddress.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`,
      ...(PublicIpAddress === undefined ? {} : { PublicIpAddress }),
      PublicDnsName:
        PublicIpAddress === undefined ? '' : `ec2-${PublicIpAddress.replaceAll('.', '-')}.${tail}.amazonaws.com`,
      SecurityGroups: groups.map(({ GroupId, GroupName }) => ({ GroupId, GroupName })),
      ...(order.KeyName === undefined ? {} : { KeyName: order.KeyName }),
      ...(profile
        ? {
            IamInstanceProfile: {
              Arn: profile.Arn ?? `arn:aws:iam::${ACCOUNT}:instance-profile/${profile.Name}`,
              Id: `AIPA${hexId(world, 17, 'profile', profile.Arn ?? profile.Name ?? '').toUpperCase()}`,
            },
          }
        : {}),
      Architecture: type.architecture,
      launched: world.now,
      reservation,
      AmiLaunchIndex: i,
      ...(order.UserData === undefined ? {} : { userData: decodeUserData(order.UserData) }),
      Tags: tagsFor(order.TagSpecifications, 'instance'),
      ...(order.InstanceMarketOptions?.MarketType === 'spot' ? { spot: true } : {}),
      ...(order.DisableApiTermination ? { DisableApiTermination: true } : {}),
      interfaceId: `eni-0${hexId(world, 16, 'interface', i, ...keys)}`,
      volumeId: `vol-0${hexId(world, 16, 'volume', i, ...keys)}`,
    }
  })
  return {
    instances,
    emit: [
      ...defaultNetworkEmissions(world, region),
      ...placeEmissions(world, region, subnet.AvailabilityZone),
      ...instances.map(({ id: to, ...data }): Emission => ({ to, kind: INSTANCE, type: 'Launched', data, by })),
    ],
  }
}

function chooseSubnet(world: World, region: string, order: LaunchOrder): Subnet | { readonly error: ApiError } {
  const wanted = order.SubnetId ?? order.NetworkInterfaces?.[0]?.SubnetId
  const zone = order.Placement?.AvailabilityZone
  if (wanted !== undefined) {
    const subnet = subnetOf(world, region, wanted)
    if (!subnet) return refuse('InvalidSubnetID.NotFound', `The subnet ID '${wanted}' does not exist`)
    return subnet
  }
  if (zone !== undefined && !zonesOf(region).includes(zone))
    return refuse('InvalidParameterValue', `Invalid availability zone: [${zone}]`)
  const defaults = networkRecords<Subnet>(world, 'aws.ec2.Subnet', region).filter(({ DefaultForAz }) => DefaultForAz)
  const candidates =
    zone === undefined ? defaults : defaults.filter(({ AvailabilityZone }) => AvailabilityZone === zone)
  const chosen = candidates[Math.floor(world.draw('zone', world.revision, region) * candidates.length)]
  return (
    chosen ??
    refuse(
      'MissingInput',
      `No subnets found for the default VPC in the availability zone '${zone ?? region}'. Please specify a subnet.`,
    )
  )
}

function chooseGroups(
  world: World,
  region: string,
  order: LaunchOrder,
  vpc: string,
): readonly SecurityGroup[] | { readonly error: ApiError } {
  const all = networkRecords<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region)
  const ids = order.SecurityGroupIds ?? order.NetworkInterfaces?.[0]?.Groups ?? []
  const names = order.SecurityGroups ?? []
  const chosen: SecurityGroup[] = []
  for (const id of ids) {
    const group = all.find(({ GroupId }) => GroupId === id)
    if (!group) return refuse('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
    if (group.VpcId !== vpc)
      return refuse('InvalidParameter', `Security group ${id} and subnet belong to different networks.`)
    chosen.push(group)
  }
  for (const name of names) {
    const group = all.find(({ GroupName, VpcId }) => GroupName === name && VpcId === vpc)
    if (!group)
      return refuse('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC '${vpc}'`)
    chosen.push(group)
  }
  if (chosen.length > 0) return chosen
  return all.filter(({ GroupName, VpcId }) => GroupName === 'default' && VpcId === vpc)
}

/** User data as its script is written. */
export function decodeUserData(text: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) || text.replace(/\s/g, '').length % 4 !== 0) return text
  const decoded = fromBase64(text.replace(/\s/g, ''))
  return decoded === undefined || !isText(decoded) ? text : decoded
}

function isText(text: string): boolean {
  return [...text].every((character) => character >= ' ' || '\n\r\t'.includes(character))
}

/** Undefined when the bytes are no UTF-8. */
function fromBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
