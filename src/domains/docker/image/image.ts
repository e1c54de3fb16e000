import { defineKind, type Emission, type Entity, type Fields, stable, type World } from '../../../kernel/index.ts'
import { digestOf, type Image, parseReference } from '../../containerd/index.ts'
import { catalogueLayers } from './catalogueLayers.ts'
import { imageFace } from './face.ts'
import { familyEnv } from './familyEnv.ts'
import { imageLifecycle } from './image.lifecycle.ts'
import { type DockerConfig, exposed } from './imageConfig.ts'
import { filled, type Layer } from './layer.ts'
import { familiar } from './names.ts'

/** An image that an engine has. `owner` is the engine (`docker.Engine/<host>`); ids are `docker.Image/<host>/sha256:...`. Plain JSON. */
export interface DockerImage extends Entity {
  readonly owner: string
  /** `sha256:...`: the digest of its configuration. */
  readonly imageId: string
  /** In the familiar form: `nginx:1.27`, `shop/web:1`. None for a dangling image. */
  readonly repoTags: readonly string[]
  /** `nginx@sha256:...`: where it was pulled from or pushed to. */
  readonly repoDigests: readonly string[]
  /** Virtual ms; may be negative for images of the catalogue, which are older than the world. */
  readonly created: number
  readonly architecture: string
  readonly os: string
  readonly config: DockerConfig
  /** Its history from the bottom up, with the layers in it. */
  readonly layers: readonly Layer[]
  /** Unpacked, in bytes. */
  readonly size: number
  /** The catalogue image at its bottom (`docker.io/library/nginx:1.27`): its programs, servers and files are there. Absent for `scratch`. */
  readonly root?: string | undefined
  /** When it was last given a name, in virtual ms. */
  readonly taggedAt?: number | undefined
}

export const dockerImageKind = defineKind<DockerImage>({
  kind: 'docker.Image',
  lifecycle: imageLifecycle,
  apply: {
    Tagged: (image, event) => {
      const { tag } = event.data as { tag: string }
      return { repoTags: [...image.repoTags.filter((one) => one !== tag), tag], taggedAt: event.at }
    },
    Untagged: (image, event) => {
      const { tag } = event.data as { tag: string }
      return { repoTags: image.repoTags.filter((one) => one !== tag) }
    },
    Pulled: (image, event) => {
      const { repoDigest } = (event.data ?? {}) as { repoDigest?: string }
      if (repoDigest === undefined || image.repoDigests.includes(repoDigest)) return {}
      return { repoDigests: [...image.repoDigests, repoDigest] }
    },
  },
  face: imageFace,
  tell: {
    Made: (event) => {
      const { repoTags, imageId } = event.data as DockerImage
      return `The engine has the image [${repoTags[0] ?? shortId(imageId)}](${event.to}).`
    },
    Tagged: (event) => `The [image](${event.to}) is named \`${(event.data as { tag: string }).tag}\`.`,
    Untagged: (event) => `The [image](${event.to}) loses the name \`${(event.data as { tag: string }).tag}\`.`,
    Removed: (event) => `The engine deletes the image \`${shortId(event.to.slice(event.to.lastIndexOf('/') + 1))}\`.`,
  },
})

/** What makes an image: everything but what the kernel and the digests add. */
export type ImageContent = Pick<DockerImage, 'config' | 'layers' | 'root'> &
  Partial<Pick<DockerImage, 'repoTags' | 'repoDigests' | 'created' | 'architecture' | 'os'>>

/** The twelve digits that tools show. */
export function shortId(imageId: string): string {
  return imageId.replace(/^sha256:/, '').slice(0, 12)
}

/** Digest of an image's configuration: what tools call its id. Models: image-spec config.md. */
export function imageIdOf({ config, layers, created, architecture = 'amd64', os = 'linux' }: ImageContent): string {
  return digestOf(
    stable({
      architecture,
      os,
      config,
      created,
      rootfs: { type: 'layers', diff_ids: filled(layers).map((layer) => layer.diffId) },
      history: layers.map((layer) => ({
        created: layer.created,
        created_by: layer.createdBy,
        comment: layer.comment,
        empty_layer: layer.emptyLayer,
      })),
    }),
  )
}

/**
 * The events by which an engine comes to have an image under names; a name that another image had moves to this one. `at` is now. Nothing is
 * added where the engine has it already, save its names.
 */
export function addImage(world: World, engine: string, content: ImageContent): readonly Emission[] {
  const created = content.created ?? content.layers.at(-1)?.created ?? world.now
  const imageId = contentId(content, created)
  const id = entityId(engine, imageId)
  const tags = content.repoTags ?? []
  const moved = tags.flatMap((tag) => takeTag(world, engine, tag, id))
  const present = world.get(id) as DockerImage | undefined
  if (present)
    return [
      ...moved,
      ...tags
        .filter((tag) => !present.repoTags.includes(tag))
        .map((tag) => ({ to: id, type: 'Tagged', data: { tag }, by: engine })),
      ...(content.repoDigests ?? []).map((repoDigest) => ({
        to: id,
        type: 'Pulled',
        data: { repoDigest },
        by: engine,
      })),
    ]
  const data: Fields = {
    owner: engine,
    imageId,
    repoTags: tags,
    repoDigests: content.repoDigests ?? [],
    created,
    architecture: content.architecture ?? 'amd64',
    os: content.os ?? 'linux',
    config: content.config,
    layers: content.layers,
    size: content.layers.reduce((sum, layer) => sum + layer.size, 0),
    root: content.root,
    taggedAt: world.now,
  }
  return [...moved, { to: id, kind: 'docker.Image', type: 'Made', data, by: engine }]
}

/** Every image of an engine, newest first, as `docker images` lists them. */
export function imagesOf(world: World, engine: string): readonly DockerImage[] {
  return (world.ownedBy(engine).filter((one) => one.kind === 'docker.Image') as DockerImage[]).sort(
    (a, b) => b.created - a.created || (a.id < b.id ? -1 : 1),
  )
}

/** The image that a name, a digest or the beginning of an id names on an engine. Ambiguous beginnings name nothing. */
export function findLocalImage(world: World, engine: string, ref: string): DockerImage | undefined {
  const images = imagesOf(world, engine)
  const reference = parseReference(ref)
  if (reference) {
    const name = familiar(reference)
    const named = images.find((image) => image.repoTags.includes(name) || image.repoDigests.includes(name))
    if (named) return named
    if (reference.digest !== undefined) {
      const [repo] = name.split('@')
      const bare = `${(repo ?? '').replace(/:[^/:]*$/, '')}@${reference.digest}`
      const byDigest = images.find((image) => image.repoDigests.includes(bare))
      if (byDigest) return byDigest
    }
  }
  const hex = ref.replace(/^sha256:/, '')
  if (!/^[0-9a-f]{1,64}$/.test(hex)) return undefined
  const begun = images.filter((image) => image.imageId.startsWith(`sha256:${hex}`))
  return begun.length === 1 ? begun[0] : undefined
}

/** Names an image; the name moves from the image that had it. Undefined when the name is none. */
export function tagImage(world: World, image: DockerImage, name: string): readonly Emission[] | undefined {
  const reference = parseReference(name)
  if (!reference || reference.digest !== undefined) return undefined
  const tag = familiar(reference)
  if (image.repoTags.includes(tag)) return []
  return [
    ...takeTag(world, image.owner, tag, image.id),
    { to: image.id, type: 'Tagged', data: { tag }, by: image.owner },
  ]
}

/** Takes a name from an image. It stays, perhaps dangling. */
export function untagImage(image: DockerImage, tag: string): Emission {
  return { to: image.id, type: 'Untagged', data: { tag }, by: image.owner }
}

/** Deletes an image of an engine. */
export function removeImage(image: DockerImage): Emission {
  return { to: image.id, type: 'Removed', by: image.owner }
}

/** The events by which an engine comes to have what a registry holds: the image of the catalogue, or one that was pushed with `toRegistry`. */
export function pulledImage(world: World, engine: string, image: Image): readonly Emission[] {
  return addImage(world, engine, contentOf(image))
}

/** An image of a registry as content: layers, configuration and history. The same image gives the same digests everywhere. */
export function contentOf(image: Image): ImageContent {
  let content = contents.get(image)
  if (!content) {
    const name = familiar({ name: image.name, tag: image.tag })
    const repo = name.slice(0, name.lastIndexOf(':'))
    const named = { repoTags: [name], repoDigests: [`${repo}@${image.digest}`] }
    const pushed = image.manifest as Pushed | undefined
    content = pushed
      ? { ...pushed, ...named }
      : {
          ...named,
          config: configOf(image),
          layers: catalogueLayers(image),
          root: image.full,
          created: createdOf(image),
        }
    contents.set(image, content)
  }
  return content
}

/** What a pushed image carries so that a pull gives back the very same image. */
export type Pushed = Pick<DockerImage, 'config' | 'layers' | 'root' | 'created' | 'architecture' | 'os'>

const contents = new WeakMap<Image, ImageContent>()

/** The configuration of a catalogue image in docker's names. */
export function configOf(image: Image): DockerConfig {
  const { entrypoint, cmd, user, workdir, ports } = image.config
  return {
    Env: familyEnv(image),
    ...(entrypoint ? { Entrypoint: entrypoint } : {}),
    ...(cmd ? { Cmd: cmd } : {}),
    WorkingDir: workdir ?? '/',
    ...(user === undefined ? {} : { User: user }),
    ...(ports && ports.length > 0 ? { ExposedPorts: exposed(ports) ?? {} } : {}),
  }
}

/** A catalogue image was made some weeks before the world began. */
function createdOf(image: Image): number {
  return catalogueLayers(image).at(-1)?.created ?? 0
}

/** The id of content; what has a date of its own has the same id wherever it is added, and is hashed once. */
function contentId(content: ImageContent, created: number): string {
  if (content.created === undefined) return imageIdOf({ ...content, created })
  let id = contentIds.get(content)
  if (id === undefined) {
    id = imageIdOf(content)
    contentIds.set(content, id)
  }
  return id
}

const contentIds = new WeakMap<ImageContent, string>()

function takeTag(world: World, engine: string, tag: string, except: string): readonly Emission[] {
  return imagesOf(world, engine)
    .filter((image) => image.id !== except && image.repoTags.includes(tag))
    .map((image) => untagImage(image, tag))
}

function entityId(engine: string, imageId: string): string {
  return `docker.Image/${engine.slice(engine.indexOf('/') + 1)}/${imageId}`
}
