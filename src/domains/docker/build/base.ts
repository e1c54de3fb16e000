import type { World } from '../../../kernel/index.ts'
import { findImage, parseReference } from '../../containerd/index.ts'
import { contentOf, type DockerImage, findLocalImage } from '../image/image.ts'
import { manifestDigest } from '../image/runnable.ts'
import type { FoundBase } from './graph.ts'
import type { Platform } from './platform.ts'

/**
 * Finds a base image: one that the engine has by that name, else what the registries hold; with `pull` the registries first.
 * Models: buildkit's image source with moby's image store.
 */
export function findBase(world: World, engine: string, pull: boolean): (name: string, platform: Platform) => FoundBase {
  return (name) => {
    const reference = parseReference(name)
    if (!reference) return { error: 'invalid reference format' }
    const local = findLocalImage(world, engine, name)
    if (local && !pull) return ofLocal(local, reference.full)
    const found = findImage(world, reference.full)
    if ('image' in found)
      return { content: contentOf(found.image), reference: reference.full, digest: found.image.digest }
    if (local) return ofLocal(local, reference.full)
    return {
      error: `failed to resolve source metadata for ${reference.full}: ${registryWords(found.error, reference.full)}`,
    }
  }
}

function ofLocal(image: DockerImage, reference: string): FoundBase {
  const { config, layers, root } = image
  return {
    content: { config, layers, root },
    reference,
    digest: image.repoDigests[0]?.split('@')[1] ?? manifestDigest(image),
    platform: { os: image.os, architecture: image.architecture, variant: '' },
  }
}

/** The reason alone, without what containerd puts before it for the kubelet. */
function registryWords(error: string, full: string): string {
  const mark = `failed to resolve reference "${full}": `
  const cut = error.indexOf(mark)
  return cut < 0 ? error : error.slice(cut + mark.length)
}
