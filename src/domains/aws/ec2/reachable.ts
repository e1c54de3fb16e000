import type { World } from '../../../kernel/index.ts'
import { type Caller, type Door, defineReach, doorAt } from '../../traffic/index.ts'
import { NETWORK_INTERFACE } from './addresses.ts'
import { allowsIngress } from './ingress.ts'
import { INSTANCE, type Instance, instanceWorks } from './instance.ts'
import { instancesByAddress } from './instanceKind.ts'
import { interfacesByAddress, type NetworkInterface } from './networkInterface.ts'

/** What has a public address: an instance or the network interface of a task. */
interface Owner {
  readonly id: string
  readonly region: string
  readonly privateIp: string
  readonly groups: readonly string[]
  readonly works: boolean
}

/** Public addresses and their names: they lead through security groups to what listens at the private address. */
defineReach({
  name: 'aws.ec2',
  kinds: [INSTANCE, NETWORK_INTERFACE, 'aws.ec2.SecurityGroup', 'place.Zone'],
  stirs(event, world) {
    const entity = world.get(event.to) as Instance | undefined
    if (event.kind === INSTANCE || event.kind === NETWORK_INTERFACE)
      return entity ? [entity.PrivateIpAddress] : undefined
    if (event.kind !== 'aws.ec2.SecurityGroup') return undefined
    const group = event.to.slice(event.to.lastIndexOf('/') + 1)
    return [...inGroup(world, group)]
  },
  names(world, name, type) {
    const parts = /^ec2-(\d+)-(\d+)-(\d+)-(\d+)\.(?:compute-1|[a-z0-9-]+\.compute)\.amazonaws\.com$/.exec(name)
    if (!parts) return undefined
    const ip = parts.slice(1, 5).join('.')
    if (!ownerOf(world, ip)) return { rcode: 'NXDOMAIN', records: [] }
    return {
      rcode: 'NOERROR',
      records: type === 'A' || type === 'ANY' ? [{ name, type: 'A', ttl: 300, data: ip }] : [],
    }
  },
  door(world, ip, port, from) {
    const owner = ownerOf(world, ip)
    return owner && owner.privateIp !== ip ? publicDoor(world, owner, ip, port, from) : undefined
  },
})

/** Private addresses of everything in a security group. */
function* inGroup(world: World, group: string): Iterable<string> {
  for (const one of world.all(INSTANCE))
    if ((one as Instance).SecurityGroups.some(({ GroupId }) => GroupId === group))
      yield (one as Instance).PrivateIpAddress
  for (const one of world.all(NETWORK_INTERFACE))
    if ((one as NetworkInterface).Groups.some(({ GroupId }) => GroupId === group))
      yield (one as NetworkInterface).PrivateIpAddress
}

function ownerOf(world: World, ip: string): Owner | undefined {
  const instance = world.lookup(instancesByAddress, ip)[0] as Instance | undefined
  if (instance)
    return {
      id: instance.id,
      region: instance.region,
      privateIp: instance.PrivateIpAddress,
      groups: instance.SecurityGroups.map(({ GroupId }) => GroupId),
      works: instanceWorks(instance, world),
    }
  const card = world.lookup(interfacesByAddress, ip)[0] as NetworkInterface | undefined
  return (
    card && {
      id: card.id,
      region: card.region,
      privateIp: card.PrivateIpAddress,
      groups: card.Groups.map(({ GroupId }) => GroupId),
      works: true,
    }
  )
}

function publicDoor(world: World, owner: Owner, ip: string, port: number, from: Caller): Door {
  const { id, region, groups, privateIp } = owner
  const stopped = (is: 'timeout' | 'refused', says: string): Door => ({
    at: id,
    visit: () => ({ is, says }),
    route: (_visit, share) => ({ to: id, share, fails: is }),
  })
  if (!owner.works) return stopped('timeout', 'It does not run, or its machine has failed: nothing answers.')
  if (!allowsIngress(world, region, groups, port, { address: from.ip, groups: from.groups }))
    return stopped(
      'timeout',
      `No rule of its security groups lets ${from.ip} in on port ${port}: the packets are dropped.`,
    )
  const inner = doorAt(world, privateIp, port, { ...from, inside: true })
  return inner ?? stopped('refused', `Nothing listens on ${ip}:${port}: it refuses.`)
}
