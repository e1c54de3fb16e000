import { stable } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/index.ts'
import { digestOf, fileSize, isBinary } from '../../containerd/index.ts'

/** One entry of an image's history, with the layer that it made where it made one. */
export interface Layer {
  /** Digest of the packed layer in a registry; empty for an entry without files (`ENV`, `CMD`). */
  readonly digest: string
  /** Digest of the unpacked layer. */
  readonly diffId: string
  /** Digest of the layer and all below it. */
  readonly chainId: string
  /** Unpacked, in bytes: what `docker history` shows. */
  readonly size: number
  /** What `docker history` shows: `RUN /bin/sh -c npm ci # buildkit`. */
  readonly createdBy: string
  readonly comment?: string
  /** Virtual ms. */
  readonly created: number
  readonly emptyLayer?: true
  /** What it adds and takes away. A catalogue image's own files are those of its root (see `DockerImage.root`). */
  readonly files?: FileChanges
  /** Programs that it brings, by name. */
  readonly binaries?: readonly string[]
}

/** What a layer is made of, before it has its digests. */
export type LayerContent = Pick<Layer, 'createdBy' | 'created' | 'files'> & {
  readonly comment?: string
  /** Bytes, where the content does not say. */
  readonly size?: number
  /** What tells it apart where the content does not: the name of a catalogue image. */
  readonly seed?: string
}

/** Makes a layer upon a chain: digests follow from what is in it, and from the chain below. Models: image-spec config.md, layer ChainID. */
export function makeLayer(parentChain: string | undefined, content: LayerContent): Layer {
  const { createdBy, created, files, comment, seed } = content
  const binaries = programsAmong(files ?? {})
  const size = content.size ?? sizeOf(files ?? {})
  const diffId = digestOf(stable({ files: files ?? {}, size: content.size, seed }))
  return {
    digest: digestOf(`gzip ${diffId}`),
    diffId,
    chainId: parentChain === undefined ? diffId : digestOf(`${parentChain} ${diffId}`),
    size,
    createdBy,
    created,
    ...(comment === undefined ? {} : { comment }),
    ...(files ? { files } : {}),
    ...(binaries.length > 0 ? { binaries } : {}),
  }
}

/** An entry of the history that changes the configuration alone. */
export function emptyEntry(createdBy: string, created: number, comment?: string): Layer {
  return {
    digest: '',
    diffId: '',
    chainId: '',
    size: 0,
    createdBy,
    created,
    emptyLayer: true,
    ...(comment === undefined ? {} : { comment }),
  }
}

/** Bytes of the files that changes bring. */
export function sizeOf(files: FileChanges): number {
  let size = 0
  for (const node of Object.values(files)) if (node) size += fileSize(node)
  return size
}

const BIN = /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/

/** Names of the programs among new files: binaries in the usual places. */
function programsAmong(files: FileChanges): readonly string[] {
  return Object.entries(files).flatMap(([path, node]) => {
    const name = BIN.exec(path)?.[1]
    return name !== undefined && node && isBinary(node) ? [name] : []
  })
}

/** The layers of a history that have files. */
export function filled(layers: readonly Layer[]): readonly Layer[] {
  return layers.filter((layer) => !layer.emptyLayer)
}

/** The chain of all layers of a history; undefined for none. */
export function chainOf(layers: readonly Layer[]): string | undefined {
  return filled(layers).at(-1)?.chainId
}
