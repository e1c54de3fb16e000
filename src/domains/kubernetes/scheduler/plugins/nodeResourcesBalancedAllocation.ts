import { definePlugin } from '../plugin.ts'
import { type PodShape, podShape } from '../podShape.ts'
import { allocatableFor, askedOf, requestedWith, type ScoredResource, scoredResources } from './scoredResources.ts'

/** Prefers nodes whose resources would be used evenly. */
export const nodeResourcesBalancedAllocation = definePlugin<
  undefined,
  { shape: PodShape; resources: readonly ScoredResource[] }
>({
  name: 'NodeResourcesBalancedAllocation',
  source: 'noderesources/balanced_allocation.go',
  weight: 1,
  scoreSays: 'The closer the used shares of cpu and memory would be to each other, the better the node.',
  preScore({ pod, args }) {
    const shape = podShape(pod.spec)
    const resources = scoredResources(args.NodeResourcesBalancedAllocation?.resources)
    return resources.every(({ name }) => askedOf(shape, name) === 0) ? undefined : { state: { shape, resources } }
  },
  score({ snapshot }, { shape, resources }, info) {
    const shares: number[] = []
    for (const { name } of resources) {
      const allocatable = allocatableFor(snapshot, shape, info, name)
      if (allocatable === 0) continue
      shares.push(Math.min(requestedWith(snapshot, shape, info, name, false) / allocatable, 1))
    }
    return balance(shares)
  },
})

/** floor((1 - spread) * 100), the spread being half the difference of two shares, or the standard deviation of more. */
function balance(shares: readonly number[]): number {
  const [first = 0, second = 0] = shares
  if (shares.length < 2) return 100
  if (shares.length === 2) return Math.trunc((1 - Math.abs((first - second) / 2)) * 100)
  let sum = 0
  for (const share of shares) sum += share
  const mean = sum / shares.length
  let squares = 0
  for (const share of shares) squares += (share - mean) * (share - mean)
  return Math.trunc((1 - Math.sqrt(squares / shares.length)) * 100)
}
