import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { componentId, NODE_COMPONENTS } from '../components/component.ts'

/** The machine under a cluster node: what it has, which its kubelet registers. */
export interface Machine extends Entity {
  readonly name: string
  /** Number of the machine, counted from 1: its addresses are made of it. */
  readonly number: number
  readonly ip: string
  readonly podCIDR: string
  readonly zone: string
  readonly region: string
  readonly instanceType: string
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly pods: number
  readonly labels: { readonly [key: string]: string }
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[]
}

/** What a new machine is to be like; `number` is free when absent. */
export interface MachineOptions {
  readonly name: string
  readonly number?: number
  readonly zone?: string
  readonly region?: string
  readonly cpuMilli?: number
  readonly memoryBytes?: number
  readonly pods?: number
  readonly instanceType?: string
  readonly labels?: { readonly [key: string]: string }
  readonly taints?: Machine['taints']
}

/**
 * Brings a machine and its three components into being; its kubelet registers the Node object once it has started. Several machines made
 * at one instant need `number`, since none of them is in the world yet.
 */
export function machineEmissions(world: World, options: MachineOptions): readonly Emission[] {
  const number = options.number ?? freeNumber(world)
  const zone = options.zone ?? 'lab-1a'
  const data = {
    name: options.name,
    number,
    ip: `10.0.${number >> 8}.${number & 255}`,
    podCIDR: podNetwork(number, options.pods ?? 110),
    zone,
    region: options.region ?? zone.replace(/-?[a-z]$/, ''),
    instanceType: options.instanceType ?? 'lab.medium',
    cpuMilli: options.cpuMilli ?? 2000,
    memoryBytes: options.memoryBytes ?? 4 * 1024 ** 3,
    pods: options.pods ?? 110,
    labels: options.labels ?? {},
    taints: options.taints ?? [],
  }
  return [
    { to: `k8s.Machine/${options.name}`, kind: 'k8s.Machine', type: 'Created', data },
    ...NODE_COMPONENTS.map((part) => ({
      to: componentId(part, options.name),
      kind: 'k8s.Component',
      type: 'Created',
      data: { name: part, node: options.name },
    })),
  ]
}

/**
 * The pod network of the machine of a number: 254 addresses out of 10.244.0.0/14 and, when those are used up, 10.128.0.0/11; a machine
 * that is to have more pods gets 1,022 out of 10.160.0.0/11 and above, as a cluster set up for them would give it.
 */
function podNetwork(number: number, pods: number): string {
  if (pods > 253) return `10.${160 + (number >> 6)}.${(number & 63) << 2}.0/22`
  const block = number >> 8
  return `10.${block < 12 ? 244 + block : 116 + block}.${number & 255}.0/24`
}

function freeNumber(world: World): number {
  let highest = 0
  for (const machine of world.all('k8s.Machine')) highest = Math.max(highest, (machine as Machine).number)
  return highest + 1
}
