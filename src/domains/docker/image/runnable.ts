import { type Emission, stable } from '../../../kernel/index.ts'
import { type FileTree, withChanges } from '../../../shell/index.ts'
import {
  applicationDaemons,
  type Base,
  binariesOf,
  digestOf,
  type Image,
  type ImageConfig,
  imageTree,
  parseReference,
  pushImage,
  wellKnown,
} from '../../containerd/index.ts'
import type { DockerImage, Pushed } from './image.ts'
import { type DockerConfig, envTable } from './imageConfig.ts'
import type { Layer } from './layer.ts'

/** What an image is, apart from its names: enough to run it. */
export type Runnable = Pick<DockerImage, 'config' | 'layers' | 'root'>

/** The image of the catalogue at the bottom of one; undefined for one built from `scratch`. */
export function rootOf(image: Pick<DockerImage, 'root'>): Image | undefined {
  const reference = image.root === undefined ? undefined : parseReference(image.root)
  return reference && wellKnown(reference)
}

/** All files of an image. */
export function filesOfImage(image: Runnable): FileTree {
  let tree = trees.get(image.layers)
  if (!tree) {
    const root = rootOf(image)
    tree = root ? imageTree(root) : {}
    for (const { files } of image.layers) if (files) tree = withChanges(tree, files)
    trees.set(image.layers, tree)
  }
  return tree
}

const trees = new WeakMap<readonly Layer[], FileTree>()

/** Names of the programs on the PATH of an image. */
export function programsIn(image: Runnable): ReadonlySet<string> {
  const root = rootOf(image)
  return new Set([...(root ? binariesOf(root) : []), ...image.layers.flatMap((layer) => layer.binaries ?? [])])
}

/** Whether an image runs `sh`-less: nothing below it has a shell. */
export function baseOf(image: Pick<DockerImage, 'root'>): Base {
  return rootOf(image)?.base ?? 'none'
}

/** A configuration in the runtime's names. */
export function runtimeConfig(config: DockerConfig): ImageConfig {
  const ports = Object.keys(config.ExposedPorts ?? {}).flatMap((port) => {
    const number = Number(port.split('/')[0])
    return Number.isInteger(number) ? [number] : []
  })
  return {
    ...(config.Entrypoint ? { entrypoint: config.Entrypoint } : {}),
    ...(config.Cmd ? { cmd: config.Cmd } : {}),
    env: envTable(config),
    ...(config.User ? { user: config.User } : {}),
    ...(config.WorkingDir ? { workdir: config.WorkingDir } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  }
}

/** An engine's image as the runtime runs it: its servers, programs, files and command line. The same record gives the same answer. */
export function runnable(image: DockerImage): Image {
  let made = runnables.get(image)
  if (!made) {
    made = make(image)
    runnables.set(image, made)
  }
  return made
}

const runnables = new WeakMap<DockerImage, Image>()

/** As `runnable`, for layers that are no image yet: what a build step runs upon. `more` are programs that were just installed. */
export function runnableLayers(content: Runnable, more: readonly string[] = []): Image {
  const root = rootOf(content)
  const base = root?.base ?? 'none'
  const config = runtimeConfig(content.config)
  return {
    family: { name: 'build', tags: [], bytes: 0, base, config, binaries: [...programsIn(content), ...more] },
    full: 'build',
    name: 'build',
    tag: 'latest',
    version: root?.version ?? 'latest',
    digest: '',
    bytes: 0,
    base,
    config,
    daemons: root?.daemons ?? [],
    tree: filesOfImage(content),
  }
}

function make(image: DockerImage): Image {
  const root = rootOf(image)
  const tag = image.repoTags[0]
  const reference = tag === undefined ? undefined : parseReference(tag)
  const config = runtimeConfig(image.config)
  const binaries = [...programsIn(image)]
  const base = root?.base ?? 'none'
  return {
    family: { name: reference?.name ?? image.imageId, tags: [], bytes: image.size, base, config, binaries },
    full: reference?.full ?? image.imageId,
    name: reference?.name ?? image.imageId,
    tag: reference?.tag ?? 'latest',
    version: root?.version ?? reference?.tag ?? 'latest',
    digest: manifestDigest(image),
    bytes: packed(image.layers),
    base,
    config,
    daemons: [...applicationDaemons(config, filesOfImage(image)), ...(root?.daemons ?? [])],
    tree: filesOfImage(image),
  }
}

/** Digest of an image's manifest: what a registry knows it by. Models: image-spec manifest.md. */
export function manifestDigest(image: Pick<DockerImage, 'config' | 'layers'> & { readonly imageId?: string }): string {
  return digestOf(
    stable({
      schemaVersion: 2,
      config: image.imageId,
      layers: image.layers.flatMap((layer) => (layer.emptyLayer ? [] : [{ digest: layer.digest, size: layer.size }])),
    }),
  )
}

/** Bytes that a registry keeps for layers: packed, about two fifths. */
export function packed(layers: readonly Layer[]): number {
  return layers.reduce((sum, layer) => sum + packedSize(layer), 0)
}

export function packedSize(layer: Layer): number {
  return layer.size === 0 ? 0 : Math.max(32, Math.round(layer.size * 0.4))
}

/**
 * Puts an image into a registry under a reference, so that engines, Kubernetes pods and ECS tasks can pull and run it; undefined when the
 * reference is none. Its well-known server and programs go with it.
 */
export function toRegistry(image: DockerImage, reference: string): Emission | undefined {
  const { config, layers, root, created, architecture, os } = image
  const manifest: Pushed = { config, layers, root, created, architecture, os }
  return pushImage(reference, {
    bytes: packed(layers),
    base: baseOf(image),
    config: runtimeConfig(config),
    binaries: layers.flatMap((layer) => layer.binaries ?? []),
    tree: filesOfImage(image),
    digest: manifestDigest(image),
    manifest: manifest as unknown as NonNullable<Image['manifest']>,
    ...(root === undefined ? {} : { root }),
  })
}
