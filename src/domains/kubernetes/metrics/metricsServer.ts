import type { World } from '../../../kernel/index.ts'
import { type Container, containersOf } from '../kubelet/container.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { PodMetrics } from './podMetrics.ts'
import { containerUsage } from './usage.ts'

/** How often the metrics server asks the kubelets, in ms; also the window of its averages. */
const RESOLUTION = 15_000

/**
 * What the metrics server knows of a pod: nothing until it has been asked about twice. Models: kubernetes-sigs/metrics-server with
 * --metric-resolution=15s. Unlike it, a sample is what is used at the moment of the question: load is a rate here, not a counter.
 */
export function readPodMetrics(world: World, podId: string): PodMetrics | undefined {
  const pod = world.get(podId) as ObjectEntity | undefined
  if (!pod) return undefined
  const at = Math.floor(world.now / RESOLUTION) * RESOLUTION
  const containers: Record<string, { cpuMilli: number; memoryBytes: number }> = {}
  let [cpuMilli, memoryBytes] = [0, 0]
  for (const container of containersOf(world, pod)) {
    if (!isMeasured(container, at)) continue
    const { milli, bytes } = containerUsage(world, container)
    containers[container.name] = { cpuMilli: milli, memoryBytes: bytes }
    cpuMilli += milli
    memoryBytes += bytes
  }
  if (Object.keys(containers).length === 0) return undefined
  return { cpuMilli, memoryBytes, windowMs: RESOLUTION, at, containers }
}

function isMeasured(container: Container, at: number): boolean {
  return container.state === 'Running' && container.startedAt !== undefined && container.startedAt <= at - RESOLUTION
}
