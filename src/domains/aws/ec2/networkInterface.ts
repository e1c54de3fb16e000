import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { defineIndex } from '../../../kernel/index.ts'
import { type ApiError, hexId, recordKind, refuse } from '../core/index.ts'
import { freeAddresses, NETWORK_INTERFACE, publicAddress } from './addresses.ts'
import { defaultNetworkEmissions, networkRecord, type SecurityGroup, subnetOf } from './network.ts'
import type { Tag } from './tag.ts'

/** A network interface that a service made for itself: of a task in `awsvpc` mode, of a load balancer. Instances have theirs in them. */
export interface NetworkInterface extends Entity {
  readonly region: string
  readonly NetworkInterfaceId: string
  readonly SubnetId: string
  readonly VpcId: string
  readonly AvailabilityZone: string
  readonly PrivateIpAddress: string
  readonly PublicIpAddress?: string | undefined
  readonly Groups: readonly { readonly GroupId: string; readonly GroupName: string }[]
  readonly Description: string
  readonly InterfaceType: string
  readonly Tags: readonly Tag[]
  /** Entity id of what it belongs to. */
  readonly of: string
}

export const networkInterfaceKind = recordKind<NetworkInterface>({
  kind: NETWORK_INTERFACE,
  noun: 'a network interface',
})

/** Interfaces of services by private and by public address. */
export const interfacesByAddress = defineIndex('ec2.interfacesByAddress', [NETWORK_INTERFACE], (entity) => {
  const { PrivateIpAddress, PublicIpAddress } = entity as NetworkInterface
  return PublicIpAddress === undefined ? [PrivateIpAddress] : [PrivateIpAddress, PublicIpAddress]
})

/** What an interface is to be like. */
export interface InterfaceOrder {
  readonly region: string
  readonly subnet: string
  readonly groups?: readonly string[] | undefined
  readonly publicAddress?: boolean | undefined
  readonly description?: string | undefined
  /** Entity id of what it belongs to. */
  readonly of: string
  /** Addresses promised to others at this moment. */
  readonly taken?: Set<string> | undefined
}

/** Makes an interface for a service: its record with what brings it about, or EC2's refusal. Delete it with a `Deleted` event to its id. */
export function makeInterface(
  world: World,
  order: InterfaceOrder,
):
  | { readonly made: Omit<NetworkInterface, Exclude<keyof Entity, 'id'>>; readonly emit: readonly Emission[] }
  | { readonly error: ApiError } {
  const { region } = order
  const subnet = subnetOf(world, region, order.subnet)
  if (!subnet) return refuse('InvalidSubnetID.NotFound', `The subnet ID '${order.subnet}' does not exist`)
  const groups = (order.groups ?? []).map((id) =>
    networkRecord<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region, id),
  )
  const absent = order.groups?.find((_, i) => !groups[i])
  if (absent !== undefined) return refuse('InvalidGroup.NotFound', `The security group '${absent}' does not exist`)
  const [PrivateIpAddress] = freeAddresses(world, subnet, 1, [order.of], order.taken)
  if (PrivateIpAddress === undefined)
    return refuse(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.SubnetId}' to satisfy the requested number of instances.`,
    )
  const NetworkInterfaceId = `eni-0${hexId(world, 16, 'interface', order.of, subnet.SubnetId)}`
  const made = {
    id: `${NETWORK_INTERFACE}/${region}/${NetworkInterfaceId}`,
    region,
    NetworkInterfaceId,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    PrivateIpAddress,
    ...(order.publicAddress ? { PublicIpAddress: publicAddress(world, NetworkInterfaceId) } : {}),
    Groups: groups.flatMap((group) => (group ? [{ GroupId: group.GroupId, GroupName: group.GroupName }] : [])),
    Description: order.description ?? '',
    InterfaceType: 'interface',
    Tags: [],
    of: order.of,
  }
  const { id: to, ...data } = made
  return {
    made,
    emit: [...defaultNetworkEmissions(world, region), { to, kind: NETWORK_INTERFACE, type: 'Created', data }],
  }
}
