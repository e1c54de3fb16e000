import type { World } from '../../../kernel/index.ts'
import { contains } from './cidr.ts'
import { type IpPermission, networkRecord, type SecurityGroup } from './network.ts'

/** Who opens a connection: its address, and the security groups of its network interface. */
export interface Caller {
  readonly address?: string | undefined
  readonly groups?: readonly string[] | undefined
}

/**
 * Whether security groups let a caller in on a port. Being stateful, they let the answers out by themselves.
 * Models: Amazon VPC user guide, security group rules.
 */
export function allowsIngress(
  world: World,
  region: string,
  groups: readonly string[],
  port: number,
  caller: Caller,
  protocol = 'tcp',
): boolean {
  return groups.some((id) => {
    const group = networkRecord<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region, id)
    return group?.IpPermissions.some((permission) => permits(permission, port, caller, protocol)) ?? false
  })
}

function permits(permission: IpPermission, port: number, caller: Caller, protocol: string): boolean {
  const { IpProtocol = '-1', FromPort = 0, ToPort = 65535 } = permission
  if (IpProtocol !== '-1' && IpProtocol !== protocol && IpProtocol !== NUMBERS[protocol]) return false
  if (IpProtocol !== '-1' && (port < FromPort || port > ToPort) && !(FromPort === -1 && ToPort === -1)) return false
  const { address, groups = [] } = caller
  return (
    (permission.UserIdGroupPairs ?? []).some(({ GroupId }) => GroupId !== undefined && groups.includes(GroupId)) ||
    (address !== undefined && (permission.IpRanges ?? []).some(({ CidrIp = '' }) => contains(CidrIp, address)))
  )
}

const NUMBERS: { readonly [protocol: string]: string } = { tcp: '6', udp: '17', icmp: '1' }
