import { defineKind, defineLifecycle, type Emission, type Entity, type Fields, type World } from '../../kernel/index.ts'
import type { FileTree } from '../../shell/index.ts'
import { applicationDaemons } from './application.ts'
import { wellKnown } from './catalogue.ts'
import { web } from './daemons/web.ts'
import { digestOf } from './digestOf.ts'
import { plain } from './http.ts'
import type { Base, Image, ImageConfig } from './image.ts'
import { parseReference, type Reference } from './reference.ts'

/** An image that a learner defined (`lab image add`) or a build made, in a registry of their own. Plain JSON. */
export interface OwnImage extends Entity {
  /** Full normal reference: `docker.io/shop/web:1.5.0`. */
  readonly reference: string
  readonly bytes: number
  readonly base: Base
  readonly config: ImageConfig
  /** Files beyond those of the base. */
  readonly files?: { readonly [path: string]: string }
  readonly binaries?: readonly string[]
  /** The server in it, if it serves. */
  readonly server?: OwnServer
  /** The well-known image that it was built upon: its programs and servers are in it. */
  readonly root?: string
  /** All of its files, where it was built file by file. */
  readonly tree?: FileTree
  /** What whoever built it wants back with a pull. */
  readonly manifest?: Fields
  /** Digest of what was pushed; made from the name where there is none. */
  readonly digest?: string
}

/** What a learner's server is like. */
export interface OwnServer {
  readonly port: number
  /** ms until it listens. */
  readonly startMs: number
  readonly cpuMsPerRequest: number
  readonly latencyMs: number
  readonly idleMilli: number
  readonly idleBytes: number
  /** Text of every answer. */
  readonly says?: string
  /** Exit code with which it ends by itself, and when. */
  readonly exits?: { readonly code: number; readonly afterMs: number; readonly says?: string }
}

/**
 * An image in a registry.
 * Models: a repository's tag, which a push replaces.
 */
export const imageLifecycle = defineLifecycle({
  id: 'image',
  initial: 'Pushed',
  states: {
    Pushed: {
      description: 'The registry has the image, and anyone may pull it.',
      tags: ['ok'],
      on: {
        Pushed: { description: 'Another image takes its tag; nodes that have the old one keep it.' },
        Deleted: { target: 'Gone', description: 'The registry forgets the image; nodes that have it keep it.' },
      },
    },
    Gone: { description: 'No registry has it any more.', type: 'final' },
  },
})

export const imageKind = defineKind<OwnImage>({
  kind: 'containerd.Image',
  lifecycle: imageLifecycle,
  apply: { Pushed: (_image, event) => event.data as Fields },
  tell: {
    Pushed: (event) => `The image \`${(event.data as OwnImage).reference}\` is pushed to its registry.`,
    Deleted: (event) => `The registry forgets the image \`${event.to.slice(event.to.indexOf('/') + 1)}\`.`,
  },
})

/** What an image needs to be told; the rest has defaults. */
export type ImageOptions = Partial<
  Pick<OwnImage, 'bytes' | 'base' | 'config' | 'files' | 'binaries' | 'root' | 'tree' | 'manifest' | 'digest'>
> & {
  readonly server?: Partial<OwnServer>
}

/** Pushes an image of the learner's own under a reference; undefined when the reference is none. */
export function pushImage(text: string, options: ImageOptions = {}): Emission | undefined {
  const reference = parseReference(text)
  if (!reference) return undefined
  const id = imageId(reference)
  const data = {
    reference: reference.full,
    bytes: options.bytes ?? 48_000_000,
    base: options.base ?? 'alpine',
    config: options.config ?? {
      entrypoint: ['/app/server'],
      ...(options.server?.port ? { ports: [options.server.port] } : {}),
    },
    ...(options.files ? { files: options.files } : {}),
    ...(options.binaries ? { binaries: options.binaries } : {}),
    ...(options.root === undefined ? {} : { root: options.root }),
    ...(options.tree ? { tree: options.tree } : {}),
    ...(options.manifest ? { manifest: options.manifest } : {}),
    ...(options.digest === undefined ? {} : { digest: options.digest }),
    ...(options.server || !options.config
      ? {
          server: {
            port: 8080,
            startMs: 300,
            cpuMsPerRequest: 2,
            latencyMs: 5,
            idleMilli: 2,
            idleBytes: 33_554_432,
            ...options.server,
          },
        }
      : {}),
  }
  return { to: id, kind: 'containerd.Image', type: 'Pushed', data }
}

/** The learner's image that a reference names, if there is one. */
export function ownImage(world: World, reference: Reference): Image | undefined {
  const entity = world.get(imageId(reference)) as OwnImage | undefined
  if (!entity) return undefined
  let image = images.get(entity)
  if (!image) {
    image = imageFrom(entity, reference)
    images.set(entity, image)
  }
  return image
}

const images = new WeakMap<OwnImage, Image>()

function imageId(reference: Reference): string {
  return `containerd.Image/${reference.name}:${reference.tag ?? 'latest'}`
}

function imageFrom(entity: OwnImage, reference: Reference): Image {
  const tag = reference.tag ?? 'latest'
  const server = entity.server
  const program = (entity.config.entrypoint ?? entity.config.cmd ?? ['server'])[0]?.split('/').pop() ?? 'server'
  const serving = server && {
    ...web({
      program,
      port: server.port,
      portFrom: 'PORT',
      startMs: server.startMs,
      cost: {
        idleMilli: server.idleMilli,
        idleBytes: server.idleBytes,
        cpuMsPerRequest: server.cpuMsPerRequest,
        latencyMs: server.latencyMs,
      },
      ...(server.says === undefined ? {} : { answer: () => plain(`${server.says}\n`) }),
    }),
    ...(server.exits
      ? {
          ends: () => ({
            exit: server.exits?.code ?? 1,
            after: server.exits?.afterMs ?? 0,
            ...(server.exits?.says ? { log: [server.exits.says] } : {}),
          }),
        }
      : {}),
  }
  const at = entity.root === undefined ? undefined : parseReference(entity.root)
  const root = at && wellKnown(at)
  const binaries = [...(root?.family.binaries ?? []), ...(entity.binaries ?? [])]
  return {
    family: {
      name: reference.name,
      tags: [tag],
      bytes: entity.bytes,
      base: entity.base,
      config: entity.config,
      ...(entity.files ? { files: entity.files } : {}),
      ...(binaries.length > 0 ? { binaries } : {}),
    },
    full: reference.full,
    name: reference.name,
    tag,
    version: root?.version ?? tag,
    digest: entity.digest ?? digestOf(`${entity.id}@${entity.born}.${entity.bytes}`),
    bytes: entity.bytes,
    base: entity.base,
    config: entity.config,
    daemons: [
      ...(serving ? [serving] : []),
      ...(entity.tree ? applicationDaemons(entity.config, entity.tree) : []),
      ...(root?.daemons ?? []),
    ],
    ...(entity.tree ? { tree: entity.tree } : {}),
    ...(entity.manifest ? { manifest: entity.manifest } : {}),
  }
}
