import type { NodeInfo } from '../nodeInfo.ts'
import { definePlugin } from '../plugin.ts'
import { type PodShape, podShape } from '../podShape.ts'
import type { Snapshot } from '../snapshot.ts'

const MiB = 1024 * 1024
const least = 23 * MiB
const mostPerContainer = 1000 * MiB

/** Prefers nodes that already have the pod's images. */
export const imageLocality = definePlugin<undefined, PodShape>({
  name: 'ImageLocality',
  source: 'imagelocality/image_locality.go',
  weight: 1,
  scoreSays: "The more bytes of the pod's images a node already holds, the better, less so for images few nodes hold.",
  preScore({ pod }) {
    return { state: podShape(pod.spec) }
  },
  score({ snapshot }, shape, info) {
    return imageScore(snapshot, shape, info)
  },
})

/** The score of one node, 0..100. */
export function imageScore(snapshot: Snapshot, shape: PodShape, info: NodeInfo): number {
  if (info.images.size === 0) return 0
  let sum = 0
  for (const image of shape.images) {
    const size = info.images.get(image)
    if (size === undefined) continue
    sum += Math.trunc(size * ((snapshot.imageNodes.get(image)?.nodes ?? 0) / snapshot.nodeCount))
  }
  const most = mostPerContainer * shape.containerCount
  const clamped = Math.min(Math.max(sum, least), most)
  return Math.trunc((100 * (clamped - least)) / (most - least))
}
