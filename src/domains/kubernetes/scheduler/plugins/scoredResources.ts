import type { Json } from '../../../../kernel/json.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import type { PodShape } from '../podShape.ts'
import { isScalarResource } from '../resource.ts'
import type { Snapshot } from '../snapshot.ts'

/** A resource with its weight in a scoring strategy. */
export interface ScoredResource {
  readonly name: string
  readonly weight: number
}

/** cpu and memory with weight 1: what the default profile looks at. */
export const cpuAndMemory: readonly ScoredResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
]

/** Reads `[{name, weight}]` of plugin arguments; a weight of 0 or none is 1, an empty list is the default. */
export function scoredResources(list: Json | undefined): readonly ScoredResource[] {
  if (!Array.isArray(list) || list.length === 0) return cpuAndMemory
  return (list as readonly { name: string; weight?: number }[]).map(({ name, weight }) => ({
    name,
    weight: weight || 1,
  }))
}

/** What a node can give, of one resource; 0 where the resource does not count for this pod. */
export function allocatableFor(snapshot: Snapshot, shape: PodShape, info: NodeInfo, resource: string): number {
  switch (resource) {
    case 'cpu':
      return snapshot.allocatableCpu[info.slot] as number
    case 'memory':
      return snapshot.allocatableMemory[info.slot] as number
    case 'ephemeral-storage':
      return snapshot.allocatableEphemeral[info.slot] as number
    default:
      if (isScalarResource(resource) && askedScalar(shape, resource) === 0) return 0
      return info.allocatableScalars.get(resource) ?? 0
  }
}

/** What would be asked of the node with the pod on it; `nonZero` counts silent containers with their defaults. */
export function requestedWith(
  snapshot: Snapshot,
  shape: PodShape,
  info: NodeInfo,
  resource: string,
  nonZero: boolean,
): number {
  const { slot } = info
  switch (resource) {
    case 'cpu':
      return nonZero
        ? (snapshot.nonZeroCpu[slot] as number) + shape.nonZeroCpu
        : (snapshot.requestedCpu[slot] as number) + shape.cpu
    case 'memory':
      return nonZero
        ? (snapshot.nonZeroMemory[slot] as number) + shape.nonZeroMemory
        : (snapshot.requestedMemory[slot] as number) + shape.memory
    case 'ephemeral-storage':
      return (snapshot.requestedEphemeral[slot] as number) + shape.ephemeral
    default:
      return (info.requestedScalars.get(resource) ?? 0) + askedScalar(shape, resource)
  }
}

/** What the pod itself truly asks of a resource. */
export function askedOf(shape: PodShape, resource: string): number {
  switch (resource) {
    case 'cpu':
      return shape.cpu
    case 'memory':
      return shape.memory
    case 'ephemeral-storage':
      return shape.ephemeral
    default:
      return askedScalar(shape, resource)
  }
}

function askedScalar(shape: PodShape, resource: string): number {
  for (const [name, amount] of shape.scalars) if (name === resource) return amount
  return 0
}
