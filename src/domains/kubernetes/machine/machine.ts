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
    podCIDR: `10.${244 + (number >> 8)}.${number & 255}.0/24`,
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

function freeNumber(world: World): number {
  let highest = 0
  for (const machine of world.all('k8s.Machine')) highest = Math.max(highest, (machine as Machine).number)
  return highest + 1
}
