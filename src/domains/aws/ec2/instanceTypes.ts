/** What one instance type offers. */
export interface InstanceType {
  readonly name: string
  readonly vcpus: number
  readonly memoryMiB: number
  /** Network interfaces that can be attached, the first one included. */
  readonly interfaces: number
  readonly addressesPerInterface: number
  /** Network interfaces for `awsvpc` tasks when trunking is on, the instance's own and the trunk included; absent where it cannot. */
  readonly trunkInterfaces?: number | undefined
  readonly architecture: 'x86_64' | 'arm64'
}

/** An instance type by its name, of the families that the lab knows. */
export function instanceType(name: string): InstanceType | undefined {
  return types.get(name)
}

/** All of them, in the order of the table. */
export function instanceTypes(): Iterable<InstanceType> {
  return types.values()
}

/** Sizes: vCPUs, interfaces, addresses an interface, interfaces with trunking. Models: the ENI limits of DescribeInstanceTypes and the ECS guide. */
const NITRO: { readonly [size: string]: readonly [number, number, number, number] } = {
  medium: [1, 2, 4, 6],
  large: [2, 3, 10, 12],
  xlarge: [4, 4, 15, 22],
  '2xlarge': [8, 4, 15, 42],
  '4xlarge': [16, 8, 30, 62],
  '8xlarge': [32, 8, 30, 62],
  '9xlarge': [36, 8, 30, 62],
  '12xlarge': [48, 8, 30, 62],
  '16xlarge': [64, 15, 50, 122],
  '18xlarge': [72, 15, 50, 122],
  '24xlarge': [96, 15, 50, 122],
}

const X86 = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge']
const ARM = ['medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge']
const C5 = ['large', 'xlarge', '2xlarge', '4xlarge', '9xlarge', '12xlarge', '18xlarge', '24xlarge']

/** Families with GiB of memory a vCPU and their sizes. */
const FAMILIES: readonly (readonly [string, number, readonly string[], InstanceType['architecture']])[] = [
  ['m5', 4, X86, 'x86_64'],
  ['m5a', 4, X86, 'x86_64'],
  ['m6i', 4, X86, 'x86_64'],
  ['m7i', 4, X86, 'x86_64'],
  ['m6g', 4, ARM, 'arm64'],
  ['m7g', 4, ARM, 'arm64'],
  ['c5', 2, C5, 'x86_64'],
  ['c6i', 2, X86, 'x86_64'],
  ['c7i', 2, X86, 'x86_64'],
  ['c6g', 2, ARM, 'arm64'],
  ['c7g', 2, ARM, 'arm64'],
  ['r5', 8, X86, 'x86_64'],
  ['r6i', 8, X86, 'x86_64'],
  ['r6g', 8, ARM, 'arm64'],
]

/** Burstable sizes: memory in MiB, then vCPUs, interfaces and addresses of t2, and of t3 and its like. */
const BURSTABLE: { readonly [size: string]: readonly [number, number, number, number, number, number, number] } = {
  nano: [512, 1, 2, 2, 2, 2, 2],
  micro: [1024, 1, 2, 2, 2, 2, 2],
  small: [2048, 1, 3, 4, 2, 3, 4],
  medium: [4096, 2, 3, 6, 2, 3, 6],
  large: [8192, 2, 3, 12, 2, 3, 12],
  xlarge: [16384, 4, 3, 15, 4, 4, 15],
  '2xlarge': [32768, 8, 3, 15, 8, 4, 15],
}

const types: ReadonlyMap<string, InstanceType> = new Map(
  [...burstable(), ...nitro()].map((type) => [type.name, type] as const),
)

function burstable(): InstanceType[] {
  return ['t2', 't3', 't3a', 't4g'].flatMap((family) =>
    Object.entries(BURSTABLE).map(([size, [memoryMiB, v2, i2, a2, v3, i3, a3]]): InstanceType => {
      const [vcpus, interfaces, addressesPerInterface] = family === 't2' ? [v2, i2, a2] : [v3, i3, a3]
      const architecture = family === 't4g' ? 'arm64' : 'x86_64'
      return { name: `${family}.${size}`, vcpus, memoryMiB, interfaces, addressesPerInterface, architecture }
    }),
  )
}

function nitro(): InstanceType[] {
  return FAMILIES.flatMap(([family, gib, sizes, architecture]) =>
    sizes.flatMap((size): InstanceType[] => {
      const known = NITRO[size]
      if (!known) return []
      const [vcpus, interfaces, addressesPerInterface, trunkInterfaces] = known
      const memoryMiB = vcpus * gib * 1024
      return [
        {
          name: `${family}.${size}`,
          vcpus,
          memoryMiB,
          interfaces,
          addressesPerInterface,
          trunkInterfaces,
          architecture,
        },
      ]
    }),
  )
}
