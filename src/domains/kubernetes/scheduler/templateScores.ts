import type { Toleration } from './objects.ts'
import type { Cycle } from './plugin.ts'
import { imageScore } from './plugins/imageLocality.ts'
import { fits } from './plugins/nodeResourcesFit.ts'
import { leastAllocated } from './plugins/resourceStrategy.ts'
import { untoleratedSoftTaints } from './plugins/taintToleration.ts'
import { type PodShape, podShape } from './podShape.ts'
import { requiredNodeTest } from './selector.ts'
import type { Snapshot } from './snapshot.ts'
import { tolerates, untoleratedTaint } from './toleration.ts'

/** Per node slot: what a pod template gets there from everything that depends on that node alone. */
interface TemplateScores {
  /** The snapshot's stamp of the slot when the entry was worked out; anything else means it must be refreshed. */
  readonly stamp: Uint32Array
  /**
   * NodeResourcesFit + BalancedAllocation + ImageLocality, plus `taintUnit` for each PreferNoSchedule taint not tolerated;
   * -1 where a filter refuses.
   */
  readonly packed: Int32Array
  readonly refresh: (slot: number) => void
}

/** The scores of the cycle's pod template in its snapshot; pods of one template share the same inner objects of their spec. */
export function templateScores(cycle: Cycle, soft: readonly Toleration[]): TemplateScores {
  const { snapshot, pod } = cycle
  const { tolerations, nodeSelector, affinity } = pod.spec
  const shape = podShape(pod.spec)
  let cache = snapshot.caches.get(cacheKey) as Map<PodShape, Remembered[]> | undefined
  if (!cache) {
    cache = new Map()
    snapshot.caches.set(cacheKey, cache)
  }
  const images = imagesVersion(snapshot, shape)
  const known = cache.get(shape)
  for (const entry of known ?? []) {
    if (entry.tolerations !== tolerations || entry.nodeSelector !== nodeSelector || entry.affinity !== affinity)
      continue
    if (entry.capacity !== snapshot.stamp.length) continue
    if (entry.images !== images) {
      entry.images = images
      entry.scores.stamp.fill(0)
    }
    return entry.scores
  }
  if (cache.size >= 400) cache.delete(cache.keys().next().value as PodShape)
  const fresh: Remembered = {
    tolerations,
    nodeSelector,
    affinity,
    images,
    capacity: snapshot.stamp.length,
    scores: emptyScores(cycle, shape, soft),
  }
  const kept = (known ?? []).filter((entry) => entry.capacity === fresh.capacity).slice(-8)
  cache.delete(shape)
  cache.set(shape, [...kept, fresh])
  return fresh.scores
}

/** More than the largest sum of scores that share a number with the taints. */
export const taintUnit = 1024

const cacheKey = 'templateScores'

interface Remembered {
  readonly tolerations: unknown
  readonly nodeSelector: unknown
  readonly affinity: unknown
  readonly capacity: number
  images: number
  readonly scores: TemplateScores
}

/** Changes whenever the spread of one of the template's images over the nodes may have. */
function imagesVersion(snapshot: Snapshot, shape: PodShape): number {
  let sum = 0
  for (const image of shape.images) sum += snapshot.imageNodes.get(image)?.version ?? 0
  return sum === 0 ? 0 : sum * 65_536 + (snapshot.nodeCount % 65_536)
}

const unschedulableTaint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

function emptyScores({ snapshot, pod }: Cycle, shape: PodShape, soft: readonly Toleration[]): TemplateScores {
  const stamp = new Uint32Array(snapshot.stamp.length)
  const packed = new Int32Array(stamp.length)
  const test = requiredNodeTest(pod.spec)
  const { tolerations } = pod.spec
  const asksNothing = shape.cpu === 0 && shape.memory === 0
  const refresh = (slot: number): void => {
    stamp[slot] = snapshot.stamp[slot] as number
    packed[slot] = -1
    const info = snapshot.at(slot)
    const { node } = info
    if (!node || !fits(snapshot, shape, shape.scalars, info)) return
    if (node.spec?.unschedulable && !tolerations?.some((t) => tolerates(t, unschedulableTaint))) return
    const taints = node.spec?.taints
    if (taints && untoleratedTaint(taints, tolerations)) return
    if (test && !test(node)) return
    packed[slot] =
      (taints ? untoleratedSoftTaints(taints, soft) * taintUnit : 0) +
      spare(snapshot, shape, slot) +
      (asksNothing ? 0 : evenness(snapshot, shape, slot)) +
      imageScore(snapshot, shape, info)
  }
  return { stamp, packed, refresh }
}

/** NodeResourcesFit's LeastAllocated over cpu and memory. */
function spare(snapshot: Snapshot, shape: PodShape, slot: number): number {
  const cpu = snapshot.allocatableCpu[slot] as number
  const memory = snapshot.allocatableMemory[slot] as number
  let sum = 0
  let weights = 0
  if (cpu !== 0) {
    sum += leastAllocated((snapshot.nonZeroCpu[slot] as number) + shape.nonZeroCpu, cpu)
    weights++
  }
  if (memory !== 0) {
    sum += leastAllocated((snapshot.nonZeroMemory[slot] as number) + shape.nonZeroMemory, memory)
    weights++
  }
  return weights === 0 ? 0 : Math.trunc(sum / weights)
}

/** BalancedAllocation over cpu and memory. */
function evenness(snapshot: Snapshot, shape: PodShape, slot: number): number {
  const cpu = snapshot.allocatableCpu[slot] as number
  const memory = snapshot.allocatableMemory[slot] as number
  if (cpu === 0 || memory === 0) return 100
  const a = Math.min(((snapshot.requestedCpu[slot] as number) + shape.cpu) / cpu, 1)
  const b = Math.min(((snapshot.requestedMemory[slot] as number) + shape.memory) / memory, 1)
  return Math.trunc((1 - Math.abs((a - b) / 2)) * 100)
}
