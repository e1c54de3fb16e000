import type { ImageContent } from '../image/image.ts'
import { emptyEntry, type Layer } from '../image/layer.ts'
import type { Build } from './build.ts'

/** The image that a build has made, once all of its steps are done. Models: buildkit exporter/containerimage, patchImageConfig */
export function imageContent(build: Build): ImageContent {
  const { plan } = build
  const layers: Layer[] = []
  let created = plan.history.length === 0 ? 0 : undefined
  for (const entry of plan.history) {
    if (entry.is === 'empty') {
      layers.push(emptyEntry(entry.createdBy, created ?? firstMade(build) ?? build.since, 'buildkit.dockerfile.v0'))
      continue
    }
    const layer = entry.is === 'layer' ? entry.layer : build.steps[entry.vertex]?.layer
    if (!layer) continue
    layers.push(entry.is === 'made' ? { ...layer, createdBy: entry.createdBy } : layer)
    created = layer.created
  }
  return {
    config: plan.config,
    layers,
    root: plan.root,
    architecture: plan.platform.architecture,
    os: plan.platform.os,
    created: created ?? firstMade(build) ?? build.since,
  }
}

function firstMade(build: Build): number | undefined {
  return Object.values(build.steps).find((record) => record.layer)?.layer?.created
}
