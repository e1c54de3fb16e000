import type { World } from '../../../kernel/index.ts'
import { type Subnet, subnetOf } from '../ec2/index.ts'

/** The subnets of a network configuration, and the ids that EC2 does not know. */
export function subnetsOf(
  world: World,
  region: string,
  ids: readonly string[],
): { readonly known: readonly { readonly id: string; readonly zone: string }[]; readonly unknown: readonly string[] } {
  const found = ids.map((id) => [id, subnetOf(world, region, id)] as const)
  return {
    known: found.flatMap(([id, subnet]: readonly [string, Subnet | undefined]) =>
      subnet ? [{ id, zone: subnet.AvailabilityZone }] : [],
    ),
    unknown: found.flatMap(([id, subnet]) => (subnet ? [] : [id])),
  }
}
