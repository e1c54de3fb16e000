import { digestOf, parseReference, wellKnown } from '../../containerd/index.ts'
import { contentOf } from '../image/image.ts'
import { makeLayer } from '../image/layer.ts'
import type { FoundBase } from './graph.ts'

/**
 * A base image for looking at a Dockerfile by itself: that of the catalogue, and for any other name an image of one layer that says nothing,
 * so that no check depends on what a registry holds.
 */
export function findBaseAlone(name: string): FoundBase {
  const reference = parseReference(name)
  if (!reference) return { error: 'invalid reference format' }
  const image = wellKnown(reference)
  if (image) return { content: contentOf(image), reference: reference.full, digest: image.digest }
  const layer = makeLayer(undefined, { createdBy: name, created: 0, size: 0, seed: reference.full })
  return { content: { config: {}, layers: [layer] }, reference: reference.full, digest: digestOf(reference.full) }
}
