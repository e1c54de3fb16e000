import type { World } from '../../../kernel/index.ts'
import { type Door, doorAt } from '../../traffic/index.ts'
import {
  allowsIngress,
  findInstance,
  type Instance,
  instanceWorks,
  interfacesByAddress,
  type NetworkInterface,
} from '../ec2/index.ts'
import { balancersOf, type LoadBalancer, type Target, type TargetGroup } from './records.ts'

/** Where a connection from a load balancer to a target ends. */
export type Reached =
  | { readonly is: 'door'; readonly door: Door; readonly port: number; readonly address: string }
  | { readonly is: 'refused' | 'timeout' | 'unreachable'; readonly at: string; readonly says: string }

/** The port that a target takes requests on. */
export function portOf(target: Target, group: TargetGroup): number {
  return target.Port ?? group.Port ?? 80
}

/** Follows a connection from a node of a load balancer to a target: its machine, its security groups, what listens there. */
export function reach(
  world: World,
  balancer: LoadBalancer | undefined,
  group: TargetGroup,
  target: Target,
  port = portOf(target, group),
): Reached {
  const { address } = target
  if (address === undefined) return { is: 'unreachable', at: target.id, says: `${target.Id} has no address.` }
  const node = nodeFor(balancer, target)
  const instance = group.TargetType === 'instance' ? findInstance(world, target.region, target.Id) : undefined
  if (group.TargetType === 'instance' && !(instance && instanceWorks(instance, world)))
    return { is: 'timeout', at: instance?.id ?? target.id, says: `The machine ${target.Id} does not answer.` }
  const groups = groupsOf(world, address, instance)
  const caller = {
    id: balancer?.id ?? group.id,
    ip: node?.privateIp ?? '0.0.0.0',
    inside: true,
    groups: balancer?.SecurityGroups ?? [],
  }
  if (groups && !allowsIngress(world, target.region, groups, port, { address: caller.ip, groups: caller.groups }))
    return {
      is: 'timeout',
      at: instance?.id ?? target.id,
      says: `No rule of the security groups ${groups.join(', ')} lets the load balancer in on port ${port}: its packets are dropped.`,
    }
  const door = doorAt(world, address, port, caller)
  if (door) return { is: 'door', door, port, address }
  if (!instance && !groups)
    return { is: 'timeout', at: target.id, says: `Nobody in the network has the address ${address}.` }
  return { is: 'refused', at: instance?.id ?? target.id, says: `Nothing listens on ${address}:${port}: it refuses.` }
}

/** The node of the target's own zone, where there is one. */
function nodeFor(balancer: LoadBalancer | undefined, target: Target) {
  return balancer?.nodes.find(({ ZoneName }) => ZoneName === target.AvailabilityZone) ?? balancer?.nodes[0]
}

/** Security groups at an address; undefined when it is no interface of the lab's. */
function groupsOf(world: World, address: string, instance: Instance | undefined): readonly string[] | undefined {
  if (instance) return instance.SecurityGroups.map(({ GroupId }) => GroupId)
  const found = world.lookup(interfacesByAddress, address)[0] as NetworkInterface | undefined
  return found?.Groups.map(({ GroupId }) => GroupId)
}

/** One of the load balancers that check a group. */
export function checkerOf(world: World, group: TargetGroup): LoadBalancer | undefined {
  return balancersOf(world, group.arn)[0]
}
