import type { JsonObject } from '../../../../kernel/json.ts'
import { cpuAndMemory, type ScoredResource, scoredResources } from './scoredResources.ts'

/** How NodeResourcesFit scores one resource, and which resources count. */
export interface ResourceStrategy {
  readonly resources: readonly ScoredResource[]
  /** 0..100 from what would be requested and what the node can give; integer arithmetic. */
  readonly score: (requested: number, allocatable: number) => number
  /** RequestedToCapacityRatio leaves resources that score 0 out of the mean, and rounds it. */
  readonly positiveOnly: boolean
}

/** The strategy of plugin arguments, memoised; LeastAllocated over cpu and memory where they say nothing. */
export function resourceStrategy(args: JsonObject | undefined): ResourceStrategy {
  const asked = args?.scoringStrategy as JsonObject | undefined
  if (!asked) return standard
  const known = memo.get(asked)
  if (known) return known
  const fresh: ResourceStrategy = {
    resources: scoredResources(asked.resources),
    score:
      asked.type === 'MostAllocated'
        ? mostAllocated
        : asked.type === 'RequestedToCapacityRatio'
          ? shaped(asked)
          : leastAllocated,
    positiveOnly: asked.type === 'RequestedToCapacityRatio',
  }
  memo.set(asked, fresh)
  return fresh
}

const memo = new WeakMap<JsonObject, ResourceStrategy>()

/** Models: noderesources/least_allocated.go. */
export function leastAllocated(requested: number, allocatable: number): number {
  if (allocatable === 0 || requested > allocatable) return 0
  return Math.trunc(((allocatable - requested) * 100) / allocatable)
}

/** Models: noderesources/most_allocated.go. */
function mostAllocated(requested: number, allocatable: number): number {
  if (allocatable === 0) return 0
  return Math.trunc((Math.min(requested, allocatable) * 100) / allocatable)
}

const standard: ResourceStrategy = { resources: cpuAndMemory, score: leastAllocated, positiveOnly: false }

/** Models: noderesources/requested_to_capacity_ratio.go and plugins/helper/shape_score.go. */
function shaped(asked: JsonObject): (requested: number, allocatable: number) => number {
  const given = (asked.requestedToCapacityRatio as JsonObject | undefined)?.shape as
    | readonly { utilization: number; score: number }[]
    | undefined
  const points = (given ?? []).map(({ utilization, score }) => ({ at: utilization, score: score * 10 }))
  return (requested, allocatable) => {
    const use = allocatable === 0 || requested > allocatable ? 100 : Math.trunc((requested * 100) / allocatable)
    for (let i = 0; i < points.length; i++) {
      const point = points[i]
      const before = points[i - 1]
      if (!point || use > point.at) continue
      if (!before) return point.score
      return before.score + Math.trunc(((point.score - before.score) * (use - before.at)) / (point.at - before.at))
    }
    return points.at(-1)?.score ?? 0
  }
}
