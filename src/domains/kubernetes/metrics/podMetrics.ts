import type { World } from '../../../kernel/index.ts'

/** What the metrics server knows of one pod: averages over a window (ms) that ended at a virtual time. */
export interface PodMetrics {
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly windowMs: number
  readonly at: number
  /** The same by container, where it is known. */
  readonly containers?: Readonly<Record<string, { readonly cpuMilli: number; readonly memoryBytes: number }>>
}

/** Answers with a pod's metrics, by entity id; undefined while there are none. */
export type ReadPodMetrics = (world: World, podId: string) => PodMetrics | undefined
