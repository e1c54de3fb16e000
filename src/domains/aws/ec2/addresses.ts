import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import { addressOf, blockOf } from './cidr.ts'
import { INSTANCE } from './instance.ts'
import type { Subnet } from './network.ts'

export const NETWORK_INTERFACE = 'aws.ec2.NetworkInterface'

/** Private addresses in use, by subnet and address. */
export const usedAddresses = defineIndex('ec2.usedAddresses', [INSTANCE, NETWORK_INTERFACE], (entity) => {
  const { SubnetId, PrivateIpAddress } = entity as Entity & {
    readonly SubnetId: string
    readonly PrivateIpAddress: string
  }
  return entity.state === 'terminated' ? undefined : `${SubnetId} ${PrivateIpAddress}`
})

/** How many addresses of a subnet things use. */
export const addressesInUse = defineIndex('ec2.addressesInUse', [INSTANCE, NETWORK_INTERFACE], (entity) =>
  entity.state === 'terminated' ? undefined : (entity as Entity & { readonly SubnetId: string }).SubnetId,
)

/** AWS keeps the first four addresses of a subnet and the last one. */
const RESERVED = 5

/** How many addresses of a subnet are free. */
export function freeCount(world: World, subnet: Pick<Subnet, 'SubnetId' | 'CidrBlock'>): number {
  const size = blockOf(subnet.CidrBlock)?.size ?? 0
  return Math.max(0, size - RESERVED - (world.derived(addressesInUse).get(subnet.SubnetId)?.size ?? 0))
}

/**
 * So many free private addresses of a subnet, scattered as AWS hands them out; fewer when there are not as many. `keys` tell apart several
 * askings of one moment; `taken` are addresses that are promised already.
 */
export function freeAddresses(
  world: World,
  subnet: Pick<Subnet, 'SubnetId' | 'CidrBlock'>,
  count: number,
  keys: readonly (string | number)[] = [],
  taken: Set<string> = new Set(),
): readonly string[] {
  const block = blockOf(subnet.CidrBlock)
  const usable = (block?.size ?? 0) - RESERVED
  const used = world.derived(usedAddresses)
  const found: string[] = []
  for (let n = 0; block && n < count && freeCount(world, subnet) > taken.size; n++) {
    let at = Math.floor(world.draw('address', subnet.SubnetId, world.revision, n, ...keys) * usable)
    for (let tries = 0; tries < usable; tries++, at = (at + 1) % usable) {
      const address = addressOf(block.first + 4 + at)
      if (taken.has(address) || used.has(`${subnet.SubnetId} ${address}`)) continue
      taken.add(address)
      found.push(address)
      break
    }
  }
  return found
}

/** A public address that looks like one of Amazon's. */
export function publicAddress(world: World, ...keys: readonly (string | number)[]): string {
  const part = (name: string, from: number, to: number) =>
    from + Math.floor(world.draw('public', name, world.revision, ...keys) * (to - from))
  const first = [3, 18, 34, 44, 52, 54][part('a', 0, 6)] ?? 54
  return `${first}.${part('b', 80, 240)}.${part('c', 0, 256)}.${part('d', 1, 255)}`
}
